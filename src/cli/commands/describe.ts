import { describeExpression } from '../../editor/describe.js'
import { unitOf } from '../../expression/compile.js'
import { analyzeExpression, environmentOf } from '../../index.js'
import { passes as allPasses, optimise } from '../../ir/passes/index.js'
import { printUnit } from '../../ir/print.js'
import type { Unit } from '../../ir/unit.js'
import { type CommandBody, defineCommand, languageOptions } from '../command.js'
import { readExpressionTarget } from '../input.js'
import { UsageError } from '../io.js'
import { libraryOf } from '../library.js'
import { reportFrames } from '../report.js'

export const describeCommand: CommandBody = defineCommand({
  usage: ['EXPRESSION|FILE [--ir [--passes]]'],
  options: {
    ir: { type: 'boolean', doc: 'Show the compiled form, after all passes' },
    passes: { type: 'boolean', doc: 'With --ir: show the result of each pass' },
  },
  json: [
    {
      members: {
        description: 'The description',
        ir: 'With --ir: the compiled form',
        lowered: 'With --passes: the form before optimisation',
        passes: 'With --passes: the passes that changed it, in their order',
      },
    },
  ],
  examples: [
    `attrflow describe 'Left([givenName], 3)'`,
    `attrflow describe 'Join("", [a], "x", "y")' --ir --passes`,
  ],
  async run(args, io) {
    const [argument, more] = args.positionals
    if (argument === undefined || more !== undefined) throw new UsageError('describe needs one expression')
    const { ir, passes } = args.options
    if (passes && !ir) throw new UsageError('--passes needs --ir')
    const { text } = await readExpressionTarget('describe', argument, io)
    const environment = environmentOf(languageOptions(args))
    const analyzed = analyzeExpression(text.trimEnd(), environment)
    const errors = analyzed.diagnostics.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) {
      await reportFrames(errors, analyzed.source, args.errorStyle, io)
      return 1
    }
    const description = describeExpression(analyzed.expression, libraryOf(args))
    const unit = unitOf(analyzed, environment)
    const lowered = printUnit(unit)
    const stages = passes ? stagesOf(unit, lowered) : []
    const compiled = ir ? (stages.at(-1)?.after ?? printUnit(optimise(unit))) : undefined
    if (args.format === 'json') {
      const shown = {
        description,
        ...(compiled === undefined ? {} : { ir: compiled }),
        ...(passes ? { lowered, passes: stages } : {}),
      }
      await io.stdout.write(`${JSON.stringify(shown)}\n`)
    } else if (passes) {
      const parts = stages.map(
        ({ name, changes, after }) => `${name}\n  ${changes ? indent(after) : '(no change)'}`,
      )
      await io.stdout.write(`${[`lowered\n  ${indent(lowered)}`, ...parts].join('\n')}\n`)
    } else await io.stdout.write(`${compiled ?? description}\n`)
    return 0
  },
})

/** The result of a pass. */
interface Stage {
  readonly name: string
  readonly doc: string
  readonly changes: boolean
  readonly after: string
}

const stagesOf = (lowered: Unit, text: string): readonly Stage[] => {
  let [unit, before] = [lowered, text]
  return allPasses.map((pass) => {
    unit = optimise(unit, [pass])
    const after = printUnit(unit)
    const changes = before !== after
    before = after
    return { name: pass.name, doc: pass.doc, changes, after }
  })
}

const indent = (text: string): string => text.replaceAll('\n', '\n  ')
