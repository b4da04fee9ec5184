import {
  describeFunction,
  functionSchema,
  functionSchemas,
  listFunctions,
  standardLibrary,
} from '../../functions/index.js'
import { unknownName } from '../arguments.js'
import { type CommandBody, defineCommand } from '../command.js'
import { widthOf } from '../style.js'

const functionNamed = (name: string): NonNullable<ReturnType<typeof standardLibrary.getFolded>> => {
  const found = standardLibrary.getFolded(name)
  if (found !== undefined) return found
  const names = standardLibrary.all().map((definition) => definition.name)
  throw unknownName('function', name, names)
}

export const functionsCommand: CommandBody = defineCommand({
  usage: ['[NAME …]'],
  details: ['With --json, the functions in the form in which Graph lists them.'],
  options: {},
  json: [
    {
      members: {
        value: 'The functions',
        'value[].name': 'The name',
        'value[].parameters': 'The parameters, each with name, type, required and allowMultipleOccurrences',
      },
    },
  ],
  examples: ['attrflow functions', 'attrflow functions Replace', 'attrflow functions --json'],
  async run(args, io) {
    const chosen = args.positionals.map(functionNamed)
    const width = widthOf(io.stdout)
    if (args.format === 'json') {
      const value = chosen.length === 0 ? functionSchemas(standardLibrary) : chosen.map(functionSchema)
      await io.stdout.write(`${JSON.stringify({ value }, null, 2)}\n`)
    } else if (chosen.length === 0) {
      await io.stdout.write(
        `${listFunctions(standardLibrary, width)}\n\nattrflow functions NAME shows everything about one.\n`,
      )
    } else {
      const pages = chosen.map((definition) => describeFunction(definition, width))
      await io.stdout.write(`${pages.join('\n\n')}\n`)
    }
    return 0
  },
})
