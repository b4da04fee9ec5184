import { generateObjects } from '../../verify/index.js'
import { wholeNumber } from '../arguments.js'
import { type CommandBody, defineCommand, languageOptions } from '../command.js'
import { UsageError } from '../io.js'
import { compileChosen } from '../mapping/open-mapping.js'
import { openSchema } from '../schema-file.js'
import { mappingOptions } from '../shared-options.js'

const options = {
  count: { type: 'string', value: 'N', doc: 'How many objects. Default 100' },
  seed: { type: 'string', value: 'N', doc: 'The same seed generates the same objects. Default 1' },
  out: { type: 'string', value: 'FILE', writes: true, doc: 'Write to a file instead of standard output' },
  ...mappingOptions,
} as const

export const generateCommand: CommandBody = defineCommand({
  usage: ['SCHEMA [--count N] [--seed S] [--out FILE]'],
  details: [
    'Each line is one object as JSON (NDJSON): for every attribute that the mapping reads, values of its type and in the format that ' +
      'expressions read, international names, the constants that expressions and filters compare with, and missing values. Most objects ' +
      'are in scope, and few fail. The first objects contain the edge cases.',
  ],
  options,
  formats: ['json'],
  json: [
    {
      lines: true,
      members: {
        '*': 'The value of an attribute that the mapping reads',
      },
    },
  ],
  examples: ['attrflow generate schema.json --count 1000 --seed 7 --out users.ndjson'],
  async run(args, io) {
    const [path, more] = args.positionals
    if (path === undefined || more !== undefined) throw new UsageError('generate takes one schema')
    const count = wholeNumber('count', args.options.count, 1) ?? 100
    const seed = wholeNumber('seed', args.options.seed, 0) ?? 1
    const { out, job } = args.options
    const { schema } = await openSchema(path, args, io, job)
    const compiled = compileChosen(path, schema, args.options, languageOptions(args))
    const file = out === undefined ? undefined : await io.files.create(out)
    let buffer = ''
    try {
      for (const object of generateObjects(compiled, { count, seed })) {
        buffer += `${JSON.stringify(object)}\n`
        if (buffer.length < 65_536) continue
        await (file ?? io.stdout).write(buffer)
        buffer = ''
      }
      await (file ?? io.stdout).write(buffer)
    } catch (error) {
      await file?.discard()
      throw error
    }
    await file?.close()
    return 0
  },
})
