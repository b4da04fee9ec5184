import { dirname, relative } from 'node:path'
import { diagnosticJson } from '../../batch.js'
import { type GeneratedModule, generateMappingModule } from '../../codegen.js'
import { hasErrors } from '../../index.js'
import { plural } from '../../text/plural.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { diagnosticMembers } from '../json-form.js'
import { openMapping } from '../mapping/open-mapping.js'
import { refuseToOverwrite } from '../overwriting.js'
import { mappingOptions } from '../shared-options.js'

const options = {
  out: {
    type: 'string',
    value: 'FILE',
    writes: true,
    doc: 'The module to write: FILE.mjs or FILE.js; - prints it',
  },
  ...mappingOptions,
  decisions: {
    type: 'boolean',
    doc: 'Also export `mapping`, which mapObject takes: scope, matching, defaults and flow rules',
  },
  'no-map': { type: 'boolean', doc: 'Do not write a source map' },
  'no-types': { type: 'boolean', doc: 'Do not write TypeScript declarations' },
} as const

type Arguments = CommandArguments<typeof options>

/** A file and its text. */
interface Output {
  readonly path: string
  readonly text: string
}

/** How the built module refers to the module of functions: by a path relative to its own folder. */
const specifierOf = (module: string, out: string): string => {
  const path = relative(dirname(out), module).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}

/** The name of a file without its folder. */
const baseName = (path: string): string => path.replace(/^.*[/\\]/s, '')

/** The files written beside the module. TypeScript finds `x.d.mts` for `x.mjs`. */
const outputsOf = (path: string, module: GeneratedModule, types: boolean): readonly Output[] => [
  { path, text: module.code },
  ...(module.map === undefined ? [] : [{ path: `${path}.map`, text: module.map }]),
  ...(types ? [{ path: path.replace(/\.(m?)js$/, '.d.$1ts'), text: module.declarations }] : []),
]

const run = async (schemaPath: string, out: string, args: Arguments, io: CliIo): Promise<number> => {
  await refuseToOverwrite(io, out, { SCHEMA: schemaPath })
  const { compiled } = await openMapping(schemaPath, args.options, args, io)
  const toFile = out !== '-'
  const { module, diagnostics } = generateMappingModule(compiled, {
    ...(toFile ? { file: baseName(out) } : {}),
    ...(args.functions === undefined
      ? {}
      : {
          functions: { ...args.functions, specifier: specifierOf(args.functions.path, toFile ? out : '.') },
        }),
    sourceMap: toFile && !args.options['no-map'],
    decisions: args.options.decisions === true,
  })
  const outputs = module === undefined ? [] : outputsOf(out, module, !args.options['no-types'])
  if (toFile) for (const { path, text } of outputs) await io.files.write(path, text)
  if (args.format === 'json') {
    const files = outputs.map(({ path }) => path)
    await io.stdout.write(
      `${JSON.stringify({
        objectMapping: compiled.objectMapping.name,
        attributes: compiled.attributes.length,
        ...(toFile ? { files } : { code: module?.code ?? null }),
        diagnostics: diagnostics.map((d) => ({ ...diagnosticJson(d), path: d.path })),
      })}\n`,
    )
  } else if (module === undefined) {
    await io.stderr.write('Nothing was written: the object mapping has errors.\n')
  } else if (toFile) {
    const list = outputs.map(({ path }) => `  ${path}\n`).join('')
    await io.stdout.write(`${plural(compiled.attributes.length, 'attribute')} compiled into\n${list}`)
  } else await io.stdout.write(module.code)
  return hasErrors(diagnostics) ? 1 : 0
}

export const buildCommand: CommandBody = defineCommand({
  usage: ['SCHEMA --out FILE [--object-mapping NAME] [--decisions] [--no-map] [--no-types]'],
  details: [
    'The module exports map(record, context?). It returns the value of every target attribute, without defaults and flow ' +
      'rules; a failing expression yields an EvaluationError. For an object out of scope it returns null; if the object cannot be read or the scope filter fails, the whole result is an EvaluationError. ' +
      'It imports only attrflow/runtime and its parts. The settings are built in.',
    'With --decisions it also exports mapping, and imports attrflow/decisions, whose mapObject(mapping, record, request?) decides about an ' +
      'object as with a compiled mapping, but nothing is compiled when the program starts.',
    'A source map to the expressions and TypeScript declarations are written beside it. If an expression ' +
      'has errors, nothing is written, and the exit code is 1.',
  ],
  options,
  json: [
    {
      members: {
        objectMapping: 'The object mapping',
        attributes: 'The number of attributes',
        files: 'The files that were written',
        code: 'With --out -: the module',
        ...diagnosticMembers('diagnostics'),
        'diagnostics[].path': 'The place in the schema, as a JSON path',
      },
    },
  ],
  examples: [
    'attrflow build schema.json --out mapping.mjs',
    'attrflow build schema.json --object-mapping User --settings settings.json --out -',
    'attrflow build schema.json --decisions --out mapping.mjs',
  ],
  async run(args, io) {
    const [schema, ...more] = args.positionals
    const { out } = args.options
    if (schema === undefined || more.length > 0) throw new UsageError('build needs one schema')
    if (out === undefined) throw new UsageError('build needs --out FILE; --out - prints the module')
    if (out !== '-' && !/[^/\\]\.m?js$/.test(out))
      throw new UsageError(`--out takes a file that ends in .mjs or .js, not ${out}`)
    return run(schema, out, args, io)
  },
})
