import { type Expression, hasErrors, parseExpression, SourceText } from '../../index.js'
import { integerParametersOf, prettyExpression, printExpression } from '../../print.js'
import { plural } from '../../text/plural.js'
import { wholeNumber } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { expandArguments } from '../files-below.js'
import { readExpressionTarget } from '../input.js'
import { type CliIo, UsageError } from '../io.js'
import { libraryOf } from '../library.js'
import { quoting } from '../quoting.js'
import { reportFrames } from '../report.js'

const options = {
  canonical: { type: 'boolean', doc: 'Print on one line, as the service stores it' },
  width: { type: 'string', value: 'N', doc: 'The widest line; default 80' },
  check: { type: 'boolean', doc: 'Change nothing; exit with 1 if something would change' },
  write: { type: 'boolean', writes: true, doc: 'Write the result into the files' },
} as const

type Arguments = CommandArguments<typeof options>

/** Prints an expression in the style of the options. */
const formatter = (args: Arguments): ((expression: Expression) => string) => {
  const width = wholeNumber('width', args.options.width, 20)
  if (args.options.canonical) {
    if (width !== undefined) throw new UsageError('--canonical prints one line and takes no --width')
    const isIntegerParameter = integerParametersOf(libraryOf(args))
    return (expression) => printExpression(expression, { isIntegerParameter })
  }
  return (expression) => prettyExpression(expression, width === undefined ? {} : { width })
}

/** The result of formatting one argument; `result` is undefined if it has errors. */
interface Formatted {
  readonly source: SourceText
  readonly isFile: boolean
  readonly result: string | undefined
}

const formatOne = async (
  target: string,
  format: (expression: Expression) => string,
  args: Arguments,
  io: CliIo,
): Promise<Formatted> => {
  const { file, text } = await readExpressionTarget('fmt', target, io)
  const isFile = file !== undefined
  const source = new SourceText(text, file)
  const { expression, diagnostics } = parseExpression(text)
  if (!hasErrors(diagnostics)) {
    const end = isFile || target === '-' ? '\n' : ''
    return { source, isFile, result: format(expression) + end }
  }
  await reportFrames(diagnostics, source, args.errorStyle, io)
  return { source, isFile, result: undefined }
}

const expressionFiles = { wanted: 'expressions (files that end in .expr)', patterns: [/\.expr$/i] }

export const fmtCommand: CommandBody = defineCommand({
  usage: ['EXPRESSION|FILE|FOLDER|PATTERN … [--width N | --canonical] [--check | --write]'],
  details: [
    'A file contains one expression; - is standard input. A folder stands for the .expr files in it and its subfolders, a pattern (*, ?, **, {a,b}) ' +
      'for the files that match it. Without --write the result is printed. Exit code 1 means that an expression has errors, or with --check ' +
      'that formatting would change one.',
    quoting,
  ],
  options,
  formats: ['pretty'],
  examples: [
    `attrflow fmt 'Join(" ",[givenName],[surname])' --canonical`,
    'attrflow fmt mappings/*.expr --write',
    'attrflow fmt mappings --check',
  ],
  async run(args, io) {
    const { check, write } = args.options
    if (args.positionals.length === 0) throw new UsageError('fmt needs an expression or a file')
    if (check && write) throw new UsageError('--check and --write contradict each other')
    const format = formatter(args)
    let code = 0
    let changed = 0
    for (const target of await expandArguments(io, args.positionals, expressionFiles)) {
      const { source, isFile, result } = await formatOne(target, format, args, io)
      if (write && !isFile) throw new UsageError(`--write needs files; ${target} is not one`)
      if (result === undefined) code = 1
      else if (!check && !write) await io.stdout.write(result.endsWith('\n') ? result : `${result}\n`)
      else if (result !== source.text) {
        changed++
        if (write) await io.files.replace(target, result)
        await io.stdout.write(`${source.name ?? source.text}\n`)
      }
    }
    if (check && changed > 0) {
      await io.stderr.write(`${plural(changed, 'expression')} would change\n`)
      return 1
    }
    return code
  },
})
