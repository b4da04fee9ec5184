import { join } from 'node:path'
import { type ObjectMappingOutline, type SchemaOutline, schemaOutline } from '../../mapping/index.js'
import { type Command, type CommandArguments, defineCommand } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { outlineView } from '../mapping/outline-view.js'
import { frames } from '../report.js'
import { openSchema } from '../schema-file.js'
import { plural, widthOf } from '../style.js'

const options = {
  out: { type: 'string', value: 'DIR', doc: 'extract: write each expression to a file of this directory' },
} as const

type Arguments = CommandArguments<typeof options>

/** One expression with its place. */
interface Extract {
  readonly rule: string
  readonly objectMapping: string
  readonly target: string
  readonly expression: string
}

const mappingName = ({ name, source, target }: ObjectMappingOutline): string => name ?? `${source}->${target}`

const extractsOf = (outline: SchemaOutline): readonly Extract[] =>
  outline.rules.flatMap((rule) =>
    rule.objectMappings.flatMap((mapping) =>
      mapping.attributes.flatMap(({ target, expression }) =>
        expression === null
          ? []
          : [{ rule: rule.name ?? rule.id ?? '', objectMapping: mappingName(mapping), target, expression }],
      ),
    ),
  )

/** Names that are devices on Windows, with any extension. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** A name that every file system takes; what it loses is made up for by a number. */
const fileName = (name: string): string => {
  const plain =
    name
      .replace(/[^\p{L}\p{N}._]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80) || 'unnamed'
  return deviceName.test(plain) ? `_${plain}` : plain
}

const writeFiles = async (extracts: readonly Extract[], directory: string, io: CliIo): Promise<void> => {
  const taken = new Set<string>()
  for (const { rule, objectMapping, target, expression } of extracts) {
    const folder = join(directory, fileName(rule), fileName(objectMapping))
    const base = join(folder, fileName(target))
    let path = `${base}.expr`
    for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${base}-${number}.expr`
    taken.add(path.toLowerCase())
    await io.files.writeInside(directory, path, `${expression}\n`)
  }
}

const extract = async (outline: SchemaOutline, args: Arguments, io: CliIo): Promise<void> => {
  const extracts = extractsOf(outline)
  const { out } = args.options
  if (out !== undefined) {
    await writeFiles(extracts, out, io)
    const said =
      args.format === 'json'
        ? JSON.stringify({ written: extracts.length, directory: out })
        : `${plural(extracts.length, 'expression')} in ${out}`
    await io.stdout.write(`${said}\n`)
  } else if (args.format === 'json') {
    await io.stdout.write(`${JSON.stringify(extracts, null, 2)}\n`)
  } else {
    for (const { rule, objectMapping, target, expression } of extracts)
      await io.stdout.write(
        `${args.style.paint('dim', `${rule} / ${objectMapping} / ${target}`)}\n${expression}\n\n`,
      )
  }
}

export const schemaCommand: Command = defineCommand({
  name: 'schema',
  summary: 'Show the mappings of a schema in readable form, or extract its expressions',
  usage: ['show SCHEMA', 'extract SCHEMA [--out DIR]'],
  details: [
    'show lists the rules, object mappings, filters and attributes: target ← expression, and what is special about ' +
      'the flow. extract prints every expression, or writes each to a file RULE/MAPPING/TARGET.expr below --out.',
  ],
  options,
  examples: ['attrflow schema show schema.json', 'attrflow schema extract schema.json --out expressions'],
  async run(args, io) {
    const [action, path, ...more] = args.positionals
    if ((action !== 'show' && action !== 'extract') || path === undefined || more.length > 0)
      throw new UsageError('schema takes show or extract and one schema file')
    if (action === 'show' && args.options.out !== undefined)
      throw new UsageError('--out belongs to schema extract')
    const { schema, diagnostics, source } = await openSchema(path, args, io)
    await io.stderr.write(frames(diagnostics, source, args.errorStyle))
    const outline = schemaOutline(schema)
    if (action === 'extract') await extract(outline, args, io)
    else if (args.format === 'json') await io.stdout.write(`${JSON.stringify(outline, null, 2)}\n`)
    else await io.stdout.write(outlineView(outline, widthOf(io.stdout), args.style))
    return 0
  },
})
