import { describeExpression } from '../../editor/describe.js'
import { analyzeExpression, environmentOf, hasErrors, standardLibrary } from '../../index.js'
import { passes as allPasses, optimise } from '../../ir/passes/index.js'
import { printUnit } from '../../ir/print.js'
import { unitOf } from '../../plan/compile.js'
import { type Command, defineCommand } from '../command.js'
import { UsageError } from '../io.js'
import { reportFrames } from '../report.js'
import { readExpressionTarget } from '../sources.js'

export const describeCommand: Command = defineCommand({
  name: 'describe',
  summary: 'Say in plain English what an expression does',
  usage: ['EXPRESSION|FILE [--ir [--passes]]'],
  options: {
    ir: { type: 'boolean', doc: 'Show the compiled form, after all passes' },
    passes: { type: 'boolean', doc: 'With --ir: show what each pass makes of it' },
  },
  examples: [
    `attrflow describe 'Left([givenName], 3)'`,
    `attrflow describe 'Join("", [a], "x", "y")' --ir --passes`,
  ],
  async run(args, io) {
    const [argument, more] = args.positionals
    if (argument === undefined || more !== undefined) throw new UsageError('describe needs one expression')
    const { ir, passes } = args.options
    if (passes && !ir) throw new UsageError('--passes goes with --ir')
    const { text } = await readExpressionTarget('describe', argument, io)
    const { dialect, settings } = args
    const environment = environmentOf({ settings, ...(dialect === undefined ? {} : { dialect }) })
    const analyzed = analyzeExpression(text.trimEnd(), environment)
    const errors = analyzed.diagnostics.filter(({ severity }) => severity === 'error')
    if (hasErrors(errors)) {
      await reportFrames(errors, analyzed.source, args.errorStyle, io)
      return 1
    }
    const description = describeExpression(analyzed.expression, standardLibrary)
    const unit = unitOf(analyzed, environment)
    const stages = passes
      ? allPasses.map(({ name, doc }, index) => {
          const [before, after] = [index, index + 1].map((count) =>
            printUnit(optimise(unit, allPasses.slice(0, count))),
          )
          return { name, doc, changes: before !== after, after: after! }
        })
      : []
    const compiled = ir ? printUnit(optimise(unit)) : undefined
    if (args.format === 'json') {
      const shown = {
        description,
        ...(compiled === undefined ? {} : { ir: compiled }),
        ...(passes ? { lowered: printUnit(unit), passes: stages } : {}),
      }
      await io.stdout.write(`${JSON.stringify(shown)}\n`)
    } else if (passes) {
      const parts = stages.map(
        ({ name, changes, after }) => `${name}\n  ${changes ? indent(after) : '(no change)'}`,
      )
      await io.stdout.write(`${[`lowered\n  ${indent(printUnit(unit))}`, ...parts].join('\n')}\n`)
    } else await io.stdout.write(`${compiled ?? description}\n`)
    return 0
  },
})

const indent = (text: string): string => text.replaceAll('\n', '\n  ')
