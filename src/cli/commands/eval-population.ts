import { outcomeJson } from '../../batch.js'
import {
  type CompiledExpression,
  compileExpression,
  hasErrors,
  isRedacted,
  type Outcome,
  redactingCalls,
} from '../../index.js'
import { commonNames, identityOf } from '../../mapping/identity.js'
import type { SourceEntry } from '../../sources/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { REDACTED } from '../../values/redacted.js'
import { wholeNumber } from '../arguments.js'
import { type GlobalArguments, languageOptions } from '../command.js'
import type { CliIo } from '../io.js'
import { notesText, openRecords, type ShapeChoice } from '../mapping/population.js'
import { displayValue } from '../mapping/values.js'
import { reportFrames } from '../report.js'
import { cut, pad, type Style, widthOf } from '../style.js'

interface Arguments extends GlobalArguments {
  readonly options: ShapeChoice & { readonly limit: string | undefined }
}

type Kind = Outcome['kind'] | 'unreadable'

const words: Readonly<Record<Exclude<Kind, 'value'>, string>> = {
  null: 'null',
  ignoreAttribute: 'ignore attribute',
  ignoreObject: 'ignore object',
  error: 'error',
  unreadable: 'the line could not be read',
}

/** An outcome as a cell of the table. */
const cell = (outcome: Outcome, hidden: boolean, style: Style, width: number): string => {
  if (outcome.kind === 'value') {
    const text = hidden
      ? REDACTED
      : typeof outcome.value === 'string'
        ? outcome.value
        : displayValue(outcome.value)
    return style.paint('cyan', cut(text === '' ? '""' : text, width))
  }
  if (outcome.kind !== 'error') return style.paint('dim', words[outcome.kind])
  const [first] = outcome.diagnostics
  return `${style.paint('red', `error ${first?.code ?? ''}`)}  ${cut(first?.message ?? '', width - 16)}`
}

/** Evaluates an expression for every object of a population. Returns 1 if it failed for one of them. */
export const runOverPopulation = async (
  text: string,
  source: string,
  args: Arguments,
  now: Date | undefined,
  io: CliIo,
): Promise<number> => {
  const compiled = compileExpression(text, languageOptions(args))
  await reportFrames(compiled.diagnostics, compiled.source, args.errorStyle, io)
  if (hasErrors(compiled.diagnostics)) return 1
  const limit = wholeNumber('limit', args.options.limit, 1) ?? Number.POSITIVE_INFINITY
  const population = await openRecords(io, source, compiled.attributes, args.options)
  const line = lineWriter(compiled, args, widthOf(io.stdout))
  const context = now === undefined ? {} : { now }
  const signal = io.interruption?.()
  const counts = new Map<Kind, number>()
  const errors = new Map<string, number>()
  let objects = 0
  for await (const entries of population.entries(signal)) {
    // What was read of the last line is not an object.
    if (signal?.aborted === true) break
    let buffer = ''
    for (const entry of entries) {
      if (objects >= limit) break
      objects++
      const outcome = entry.record === undefined ? undefined : compiled.evaluate(entry.record, context)
      const kind = outcome?.kind ?? 'unreadable'
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      const found =
        outcome === undefined ? unreadable(entry) : outcome.kind === 'error' ? outcome.diagnostics : []
      for (const { code } of found) errors.set(code, (errors.get(code) ?? 0) + 1)
      buffer += `${line(entry, outcome)}\n`
    }
    if (buffer !== '') await io.stdout.write(buffer)
    if (objects >= limit) break
  }
  await io.stderr.write(notesText(source, population.notes()))
  if (args.format === 'json') {
    const summary = { objects, outcomes: Object.fromEntries(counts), errors: Object.fromEntries(errors) }
    await io.stdout.write(`${JSON.stringify({ summary })}\n`)
  } else {
    const parts = [...counts].map(
      ([kind, count]) => `${count} ${kind === 'value' ? 'with a value' : words[kind]}`,
    )
    const codes = [...errors].map(([code, count]) => `${code} ×${count}`)
    await io.stdout.write(`${[plural(objects, 'object'), ...parts, ...codes].join(', ')}\n`)
  }
  if (signal?.aborted === true) return 130
  return counts.has('error') || counts.has('unreadable') ? 1 : 0
}

const unreadable = (entry: SourceEntry): readonly { readonly code: string; readonly message: string }[] =>
  entry.record === undefined ? entry.diagnostics : []

/** Writes one object: a row, or a line of JSON. */
const lineWriter = (
  compiled: CompiledExpression,
  { format, style }: Arguments,
  width: number,
): ((entry: SourceEntry, outcome: Outcome | undefined) => string) => {
  const redacted = redactingCalls(compiled.calls)
  const hidden = isRedacted(compiled.expression.span, redacted)
  // Values that the expression redacts must not name the object either.
  const names =
    redacted.length === 0 ? commonNames : commonNames.filter((name) => !compiled.attributes.includes(name))
  return (entry, outcome) => {
    const id = entry.record === undefined ? undefined : identityOf(names, entry.record)
    if (format === 'json') {
      const answer =
        outcome === undefined
          ? { outcome: 'error', diagnostics: unreadable(entry) }
          : { ...outcomeJson(outcome, []), ...(hidden ? { redacted: true } : {}) }
      return JSON.stringify({ line: entry.line, ...(id === undefined ? {} : { id }), ...answer })
    }
    const head = `${String(entry.line).padStart(5)}  ${pad(cut(id ?? '', 36), 36)}  `
    const room = Math.max(30, width - head.length)
    return outcome === undefined
      ? `${head}${style.paint('red', 'error')} ${shown(unreadable(entry)[0]?.message ?? '')}`
      : `${head}${cell(outcome, hidden, style, room)}`
  }
}
