// The entry points that generated modules load, in one file each: opening a file takes longer than compiling it.
// The bundler puts the modules of an entry into a chunk, which other entry points share, and leaves a file of
// re-exports in front. Here the two become one.
import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

const COPY = '?namespace'

/**
 * Gives the code generator, which needs the exports of the runtime's entry points as objects, modules of its own
 * that re-export the same. Otherwise the objects would be in the files that generated modules load.
 */
export const namespaceCopies = {
  name: 'namespace-copies',
  async resolveId(source, importer) {
    if (importer === undefined || !/\/src\/runtime\/entries\.ts$/.test(importer)) return null
    const { id } = await this.resolve(source, importer, { skipSelf: true })
    return /\/src\/runtime\//.test(id) ? { id: id + COPY } : null
  },
  load: {
    filter: { id: /\?namespace$/ },
    async handler(id) {
      return { code: await readFile(id.slice(0, -COPY.length), 'utf8'), moduleType: 'ts' }
    },
  },
}

/** The chunks for entry points whose modules are known; what several need is in the file of the first. */
export function groupsOf(entries) {
  const [first, ...others] = entries
  const isShared = (id) => others.filter(({ modules }) => modules.has(id)).length > 1
  const inFirst = (id) => first.modules.has(id) || isShared(id)
  return [
    { name: first.name, test: inFirst },
    ...others.map(({ name, modules }) => ({ name, test: (id) => modules.has(id) && !inFirst(id) })),
  ]
}

const statementsOf = (code) => parseAst(code).body

const sourcesOf = (code) => statementsOf(code).flatMap(({ source }) => (source ? [source] : []))

const targetOf = ({ fileName }, { value }) => posix.join(posix.dirname(fileName), value)

/** Writes the path to another file anew for every import that `targetFor` changes. */
function redirect(file, fileName, targetFor) {
  let { code } = file
  for (const source of sourcesOf(code).reverse()) {
    if (!source.value.startsWith('.')) continue
    const path = posix.relative(posix.dirname(fileName), targetFor(targetOf(file, source)))
    const specifier = JSON.stringify(path.startsWith('.') ? path : `./${path}`)
    code = code.slice(0, source.start) + specifier + code.slice(source.end)
  }
  return code
}

/** The names that a file imports from another one. */
const namesFrom = (file, target) =>
  statementsOf(file.code)
    .filter(({ source }) => source && targetOf(file, source) === target)
    .flatMap(({ specifiers }) => specifiers.map(({ imported, local }) => (imported ?? local).name))

/** The chunk that an entry point re-exports: its names by those that the entry point gives them. */
function facadeOf(entry) {
  const statements = statementsOf(entry.code)
  const [statement] = statements
  if (statements.length !== 1 || statement.type !== 'ExportNamedDeclaration' || !statement.source)
    throw new Error(`${entry.fileName} does more than export what one chunk has`)
  const names = new Map(statement.specifiers.map(({ local, exported }) => [exported.name, local.name]))
  return { target: targetOf(entry, statement.source), names }
}

/** The code of a chunk with the exports of its entry point, and of its own ones only those that are used. */
function withExports(chunk, names, used) {
  const clause = statementsOf(chunk.code).find(
    ({ type, source }) => type === 'ExportNamedDeclaration' && !source,
  )
  const locals = new Map(clause.specifiers.map(({ local, exported }) => [exported.name, local.name]))
  const exported = new Map([...used].map((name) => [name, locals.get(name)]))
  for (const [name, inner] of names) {
    if (exported.has(name)) throw new Error(`${chunk.fileName} exports ${name} twice`)
    exported.set(name, locals.get(inner))
  }
  const text = [...exported].map(([name, local]) => (name === local ? name : `${local} as ${name}`)).join(',')
  return `${chunk.code.slice(0, clause.start)}export{${text}};${chunk.code.slice(clause.end)}`
}

/** The files with each of the named entry points and the chunk behind it made one. */
export function fuseEntries(files, names) {
  let fused = files
  for (const name of names) {
    const entry = fused.find(({ isEntry, fileName }) => isEntry && fileName === `${name}.js`)
    const facade = facadeOf(entry)
    const chunk = fused.find(({ fileName }) => fileName === facade.target)
    const others = fused.filter((file) => file !== entry && file !== chunk)
    const used = new Set(others.flatMap((file) => namesFrom(file, chunk.fileName)))
    const targetFor = (target) => (target === chunk.fileName ? entry.fileName : target)
    const code = withExports(chunk, facade.names, used)
    fused = [
      { ...entry, code: redirect({ ...chunk, code }, entry.fileName, targetFor), imports: chunk.imports },
      ...others.map((file) => ({ ...file, code: redirect(file, file.fileName, targetFor) })),
    ].map((file) => ({ ...file, imports: file.imports.map(targetFor) }))
    fused[0].moduleIds = [...entry.moduleIds, ...chunk.moduleIds]
  }
  return fused
}
