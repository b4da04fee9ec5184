import {
  adviceFor,
  analyzeExpression,
  type CheckEnvironment,
  type Diagnostic,
  diagnosticJson,
  environmentOf,
  SourceText,
} from '../../index.js'
import { checkSchema } from '../../mapping/index.js'
import { readSchema } from '../../schema/read.js'
import { wholeNumber } from '../arguments.js'
import { type Command, defineCommand, type GlobalArguments } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { frames, tally, tallyText } from '../report.js'
import { isMissingFile, kindOfFile } from '../sources.js'

/** What checking one expression or file found. */
interface Finding {
  readonly source: SourceText
  readonly diagnostics: readonly Diagnostic[]
}

type Checker = (
  text: string,
  name: string | undefined,
  environment: CheckEnvironment,
  args: GlobalArguments,
) => Finding

const checkExpressionText: Checker = (text, name, environment) => ({
  source: new SourceText(text, name),
  diagnostics: analyzeExpression(text, environment).diagnostics,
})

const checkSchemaText: Checker = (text, name, _environment, { settings, dialect }) => {
  const { schema, diagnostics, document } = readSchema(text, name)
  const options = { settings, ...(dialect === undefined ? {} : { dialect }) }
  return {
    source: document.source,
    diagnostics: [...diagnostics, ...(schema === undefined ? [] : checkSchema(schema, options))],
  }
}

/** How the text of each kind of file is checked. */
const checkers: Readonly<Record<string, Checker>> = {
  expression: checkExpressionText,
  schema: checkSchemaText,
}

const checkOne = async (
  target: string,
  environment: CheckEnvironment,
  args: GlobalArguments,
  io: CliIo,
): Promise<Finding> => {
  if (target !== '-' && (await io.files.kind(target)) !== 'file') {
    if (isMissingFile(target)) throw new UsageError(`cannot read ${target}: there is no such file`)
    return checkExpressionText(target, undefined, environment, args)
  }
  const text = (await readText(io, target)).trimEnd()
  const checker = checkers[kindOfFile(target)]
  if (checker === undefined)
    throw new UsageError(`check does not read ${target}: it is neither an expression nor a schema`)
  return checker(text, target === '-' ? undefined : target, environment, args)
}

const jsonOf = ({ source, diagnostics }: Finding): unknown => ({
  ...(source.name === undefined ? { expression: source.text } : { file: source.name }),
  diagnostics: diagnostics.map((d) => {
    const { line, column } = source.position(d.span.start)
    return { ...diagnosticJson(d), line, column, help: adviceFor(d), ...(d.fixes ? { fixes: d.fixes } : {}) }
  }),
})

export const checkCommand: Command = defineCommand({
  name: 'check',
  summary: 'Show everything that is wrong with expressions or schemas',
  usage: ['EXPRESSION|FILE … [--max-warnings N]'],
  details: [
    'An argument that names a file is read as one (a JSON file holds a schema, any other one expression), - is standard input, and ' +
      'everything else is an expression. Exit code 1 means errors, or more warnings than allowed.',
  ],
  options: {
    'max-warnings': { type: 'string', value: 'N', doc: 'Exit with 1 when there are more warnings' },
  },
  examples: [
    `attrflow check 'Join(" " [givenName], [surname])'`,
    'attrflow check mappings/*.expr --max-warnings 0',
    'attrflow check schema.json',
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw new UsageError('check needs an expression or a file')
    const most = wholeNumber('max-warnings', args.options['max-warnings'])
    const environment = environmentOf({
      settings: args.settings,
      ...(args.dialect === undefined ? {} : { dialect: args.dialect }),
    })
    const findings: Finding[] = []
    for (const target of args.positionals) findings.push(await checkOne(target, environment, args, io))
    const total = tally(findings.flatMap((finding) => finding.diagnostics))
    if (args.format === 'json') {
      await io.stdout.write(`${JSON.stringify({ results: findings.map(jsonOf), ...total })}\n`)
    } else {
      for (const { source, diagnostics } of findings)
        await io.stdout.write(frames(diagnostics, source, args.style))
      await io.stdout.write(`${tallyText(total, args.style)}\n`)
    }
    return total.errors > 0 || (most !== undefined && total.warnings > most) ? 1 : 0
  },
})
