import { type Diagnostic, SourceText } from '../../index.js'
import { diagnoseExpression, diagnoseSchema, fixExpression, fixSchema } from '../../lint/index.js'
import { namedPlace } from '../../schema/named-place.js'
import { readSchema } from '../../schema/read.js'
import { writeSchema } from '../../schema/write.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import type { Target } from '../input.js'
import type { CliIo } from '../io.js'
import type { Examined } from '../report.js'
import { repositoryPath } from '../repository.js'
import type { ExpressionEnvironments } from './expression-environment.js'

/** The options for checking expressions and schemas. */
export interface CheckOptions extends Pick<GlobalArguments, 'settings' | 'dialect' | 'functions'> {
  readonly environmentOf: ExpressionEnvironments
  /** Which schema, if the file contains several. */
  readonly job?: string | undefined
}

/** The result of checking a target. */
export interface Checked extends Target {
  /** Names the target in a baseline and in reports: the file, standard input, or the expression itself. */
  readonly source: string
  readonly sourceText: SourceText
  /** What its frames are drawn from. */
  readonly examined: Examined
  readonly diagnostics: readonly Diagnostic[]
  /** The place of a finding in a schema, by names; empty for an expression. */
  placeOf(diagnostic: Diagnostic): string
}

/** Checks and lints a target. */
export const checkTarget = (target: Target, options: CheckOptions): Checked => {
  const { file, kind } = target
  // The line break at the end is not part of an expression.
  const text = kind === 'expression' ? target.text.trimEnd() : target.text
  const label = file ?? (kind === 'schema' ? 'standard input' : undefined)
  if (kind === 'expression') {
    const { diagnostics } = diagnoseExpression(text, options.environmentOf(file))
    const sourceText = new SourceText(text, label)
    return {
      ...target,
      source: label ?? text,
      sourceText,
      examined: sourceText,
      diagnostics,
      placeOf: () => '',
    }
  }
  const { schema, document, diagnostics } = readSchema(text, label, options.job)
  const found = schema === undefined ? [] : diagnoseSchema(schema, languageOptions(options))
  return {
    ...target,
    source: label ?? text,
    sourceText: document.source,
    examined: document,
    diagnostics: [...diagnostics, ...found],
    placeOf: ({ span }) => namedPlace(document, span.start),
  }
}

/** The same findings, with the file named by its path from the root of the repository. */
export const placedInRepository = async (io: CliIo, checked: Checked): Promise<Checked> => {
  if (checked.file === undefined) return checked
  const file = await repositoryPath(io, checked.file)
  return { ...checked, file, source: file }
}

/** A target with its safe fixes applied; the same target if there are none. */
export const fixTarget = (target: Target, options: CheckOptions): Target & { readonly count: number } => {
  const { kind, text } = target
  if (kind === 'expression') {
    const body = text.trimEnd()
    const fixed = fixExpression(body, options.environmentOf(target.file))
    return { ...target, text: fixed.text + text.slice(body.length), count: fixed.count }
  }
  const { schema } = readSchema(text, target.file, options.job)
  if (schema === undefined) return { ...target, count: 0 }
  const fixed = fixSchema(schema, languageOptions(options))
  return fixed.count === 0
    ? { ...target, count: 0 }
    : { ...target, text: writeSchema(fixed.schema), count: fixed.count }
}
