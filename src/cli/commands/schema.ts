import { join } from 'node:path'
import { hasErrors, SourceText } from '../../index.js'
import { schemaOutline } from '../../mapping/index.js'
import { withExpression } from '../../schema/expression-tree.js'
import type { AttributeMappingSource, SynchronizationSchema } from '../../schema/model.js'
import { writeSchema } from '../../schema/write.js'
import { plural } from '../../text/plural.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { filesBelow } from '../files-below.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { discoverSchema } from '../job/discover.js'
import { libraryOf } from '../library.js'
import { type Extract, extractsOf } from '../mapping/extracts.js'
import { outlineView } from '../mapping/outline-view.js'
import { refuseToOverwrite } from '../overwriting.js'
import { frames } from '../report.js'
import { openSchema } from '../schema-file.js'
import { jobOption } from '../shared-options.js'
import { widthOf } from '../style.js'

const options = {
  job: jobOption,
  out: {
    type: 'string',
    writes: true,
    value: 'DIR|FILE',
    doc: 'extract: write each expression to a file in this folder; apply, discover: write the schema to this file',
  },
  write: { type: 'boolean', writes: true, doc: 'apply: write the schema back to its file' },
  object: {
    type: 'string',
    value: 'NAME',
    multiple: true,
    doc: 'discover: only this kind of object; for a directory, this object class',
  },
  propose: {
    type: 'boolean',
    doc: 'discover: propose mappings of users by names and types, for you to review',
  },
} as const

type Arguments = CommandArguments<typeof options>

const extract = async (schema: SynchronizationSchema, args: Arguments, io: CliIo): Promise<void> => {
  const extracts = extractsOf(schema)
  const { out } = args.options
  if (out !== undefined) {
    for (const { path, expression } of extracts)
      await io.files.writeInside(out, join(out, path), `${expression}\n`)
    const said =
      args.format === 'json'
        ? JSON.stringify({ written: extracts.length, directory: out })
        : `${plural(extracts.length, 'expression')} in ${out}`
    await io.stdout.write(`${said}\n`)
  } else if (args.format === 'json') {
    const rows = extracts.map(({ rule, objectMapping, target, expression }) => ({
      ...{ rule, objectMapping, target, expression },
    }))
    await io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
  } else {
    for (const { rule, objectMapping, target, expression } of extracts)
      await io.stdout.write(
        `${args.style.paint('dim', `${rule} / ${objectMapping} / ${target}`)}\n${expression}\n\n`,
      )
  }
}

/** The expressions in a folder that differ from those of the schema. */
const changesIn = async (
  folder: string,
  extracts: readonly Extract[],
  io: CliIo,
): Promise<readonly (Extract & { readonly file: string; readonly text: string })[]> => {
  if ((await io.files.kind(folder)) !== 'directory')
    throw new UsageError(`cannot read ${folder}: there is no such folder`)
  const files = await filesBelow(io, folder, (name) => name.endsWith('.expr'))
  const byPath = new Map(extracts.map((one) => [join(folder, one.path), one]))
  const strange = files.filter((file) => !byPath.has(file))
  if (files.length === 0) throw new UsageError(`${folder} has no .expr files; schema extract writes them`)
  if (strange.length > 0)
    throw new UsageError(
      `the schema has no expression for ${strange.slice(0, 5).join(', ')}; nothing was changed`,
    )
  const found = await Promise.all(
    files.map(async (file) => {
      const extract = byPath.get(file)
      const text = (await readText(io, file)).trimEnd()
      return extract === undefined || text === extract.expression.trimEnd()
        ? []
        : [{ ...extract, file, text }]
    }),
  )
  return found.flat()
}

/** A schema with other sources in some of its attribute mappings. */
const withSources = (
  schema: SynchronizationSchema,
  sources: ReadonlyMap<string, AttributeMappingSource>,
): SynchronizationSchema => ({
  ...schema,
  synchronizationRules: schema.synchronizationRules.map((rule, i) => ({
    ...rule,
    objectMappings: rule.objectMappings.map((mapping, j) => ({
      ...mapping,
      attributeMappings: mapping.attributeMappings.map((one, k) => {
        const source = sources.get(`${i} ${j} ${k}`)
        return source === undefined ? one : { ...one, source }
      }),
    })),
  })),
})

const sourceAt = (
  schema: SynchronizationSchema,
  [i, j, k]: Extract['at'],
): AttributeMappingSource | null | undefined =>
  schema.synchronizationRules[i]?.objectMappings[j]?.attributeMappings[k]?.source

/** Puts the expressions of a folder into the schema, each as text and tree. */
const apply = async (
  path: string,
  folder: string,
  schema: SynchronizationSchema,
  args: Arguments,
  io: CliIo,
): Promise<number> => {
  const { out, write } = args.options
  if (write && out !== undefined) throw new UsageError('--write and --out contradict each other')
  if (write && path === '-') throw new UsageError('--write needs a schema file, not standard input')
  if (out !== undefined) await refuseToOverwrite(io, out, { SCHEMA: path })
  const changes = await changesIn(folder, extractsOf(schema), io)
  const sources = new Map<string, AttributeMappingSource>()
  let faulty = 0
  for (const { file, text, at } of changes) {
    const old = sourceAt(schema, at)
    if (old === null || old === undefined) continue
    const { source, diagnostics } = withExpression(old, text, libraryOf(args))
    await io.stderr.write(frames(diagnostics, new SourceText(text, file), args.errorStyle))
    if (source === null || hasErrors(diagnostics)) faulty++
    else sources.set(at.join(' '), source)
  }
  if (faulty > 0) {
    await io.stderr.write(`${plural(faulty, 'expression')} cannot be stored; nothing was changed\n`)
    return 1
  }
  const changed = writeSchema(withSources(schema, sources))
  if (out !== undefined) await io.files.write(out, changed)
  else if (write) await io.files.replace(path, changed)
  else await io.stdout.write(changed)
  const targets = changes.map(({ objectMapping, target }) => ({ objectMapping, target }))
  const isFile = out !== undefined || write
  if (isFile && args.format === 'json') await io.stdout.write(`${JSON.stringify({ changed: targets })}\n`)
  else
    await io.stderr.write(
      `${plural(changes.length, 'expression')} changed${targets.length === 0 ? '' : `: ${targets.map(({ target }) => target).join(', ')}`}\n`,
    )
  return 0
}

export const schemaCommand: CommandBody = defineCommand({
  usage: [
    'show SCHEMA',
    'extract SCHEMA [--out DIR]',
    'apply SCHEMA DIR [--write|--out FILE]',
    'discover JOB [--object NAME …] [--propose] [--out FILE]',
  ],
  details: [
    'show lists the rules, object mappings, filters and attributes: target ← expression, and special settings of ' +
      'the flow. extract prints every expression, or writes each to a file RULE/MAPPING/TARGET.expr below --out.',
    'apply reads the files that extract wrote and puts the changed ones into the schema, each as text and as ' +
      'tree; the rest of the schema is not changed. It prints or writes the schema. Exit code 1 means that an expression is ' +
      'faulty or cannot be stored as a tree; then nothing is written.',
    'discover reads which attributes the target of a job file has, from /Schemas of a SCIM service, the subschema of a ' +
      'directory or the tables of a database, and writes them as the directory of a schema. It does not change the target. With --propose ' +
      'the schema also has a disabled object mapping from users of Entra, as a draft for you to review.',
    'With --json, show prints {"id", "version", "directories", "rules": [{"name", "objectMappings": [{"name", "scope", ' +
      '"attributes": []}]}]}, extract [{"rule", "objectMapping", "target", "expression"}] or {"written", "directory"}, and ' +
      'apply {"changed": [{"objectMapping", "target"}]} when it writes a file.',
  ],
  options,
  json: [
    {
      with: 'show',
      members: {
        id: 'The id',
        version: 'The version',
        directories: 'The directories: name and objects',
        rules: 'The synchronization rules',
        'rules[].name': 'The name',
        'rules[].id': 'The id',
        'rules[].priority': 'The priority',
        'rules[].source': 'The source directory',
        'rules[].target': 'The target directory',
        'rules[].objectMappings': 'The object mappings',
        'rules[].objectMappings[].name': 'The name',
        'rules[].objectMappings[].enabled': 'Whether it is enabled',
        'rules[].objectMappings[].source': 'The source object',
        'rules[].objectMappings[].target': 'The target object',
        'rules[].objectMappings[].flowTypes': 'Add, Update and Delete, if they are allowed',
        'rules[].objectMappings[].scope': 'The scoping filter: groups with their clauses',
        'rules[].objectMappings[].attributes': 'The attribute mappings',
      },
    },
    {
      with: 'extract',
      members: {
        '[].rule': 'The synchronization rule',
        '[].objectMapping': 'The object mapping',
        '[].target': 'The target attribute',
        '[].expression': 'The expression',
      },
    },
    {
      with: 'extract --out',
      members: {
        written: 'The number of files',
        directory: 'Their folder',
      },
    },
    {
      with: 'apply --write',
      members: {
        changed: 'The expressions that changed',
        'changed[].objectMapping': 'The object mapping',
        'changed[].target': 'The target attribute',
      },
    },
    {
      with: 'discover',
      members: {
        id: 'The id',
        directories: 'The directories with the attributes that were found, in the form of Graph',
        version: 'The version',
        synchronizationRules: 'The synchronization rules; with --propose they have mappings',
      },
    },
  ],
  examples: [
    'attrflow schema show schema.json',
    'attrflow schema extract schema.json --out expressions',
    'attrflow schema apply schema.json expressions --write',
    'attrflow schema discover job.yaml --object User --propose --out draft.schema.json',
  ],
  async run(args, io) {
    const [action, path, folder, ...more] = args.positionals
    if (action === 'discover') {
      if (path === undefined || folder !== undefined)
        throw new UsageError('schema discover takes one job file; only its target is needed')
      const { out, object, propose } = args.options
      return discoverSchema(path, { out, objects: object, propose }, args, io)
    }
    const isApply = action === 'apply'
    if ((action !== 'show' && action !== 'extract' && !isApply) || path === undefined || more.length > 0)
      throw new UsageError(
        'schema takes show, extract or apply and one schema file, or discover and a job file',
      )
    if (isApply !== (folder !== undefined))
      throw new UsageError(
        isApply
          ? 'schema apply needs the folder of the expressions: attrflow schema apply SCHEMA DIR'
          : `schema ${action} takes one schema file`,
      )
    if (action === 'show' && args.options.out !== undefined)
      throw new UsageError('--out is an option of schema extract, apply and discover')
    if (!isApply && args.options.write) throw new UsageError('--write is an option of schema apply')
    const { schema, diagnostics, document } = await openSchema(path, args, io, args.options.job)
    await io.stderr.write(frames(diagnostics, document, args.errorStyle))
    if (folder !== undefined) return apply(path, folder, schema, args, io)
    if (action === 'extract') {
      await extract(schema, args, io)
      return 0
    }
    const outline = schemaOutline(schema)
    await io.stdout.write(
      args.format === 'json'
        ? `${JSON.stringify(outline, null, 2)}\n`
        : outline.rules.length === 0
          ? 'The schema has no rules, so nothing is synchronized.\n'
          : outlineView(outline, widthOf(io.stdout), args.style),
    )
    return 0
  },
})
