import {
  FileSource,
  type FileSourceOptions,
  GraphSource,
  LdapSource,
  type LdapSourceKind,
  type LdapSourceOptions,
  type RemovedReason,
  type Source,
  SqlSource,
  type SqlSourceTable,
} from '../../connect/index.js'
import type { JobDefinition } from '../../provision/job.js'
import { mappingShaper } from '../../sources/index.js'
import { shown } from '../../text/shown.js'
import { isJsonObject } from '../../values/json-object.js'
import { readAttribute, type SourceRecord } from '../../values/record.js'
import { textForm } from '../../values/text.js'
import type { CliIo } from '../io.js'
import { directoryAccess, serviceUrl, withEnvironment } from './environment.js'
import { type SqlFile, sqlAddress, sqlProblem } from './job-sql.js'
import { unknownMember, wrongMember } from './member-problems.js'

/** The population of each kind of object, by source object name: `User: users.ndjson`. */
type Files = Readonly<Record<string, string>>

/** Files and what they contain. */
interface FilesSource {
  readonly files: Files
  /** `full`: all objects; `delta`: only changes, with `@removed` markers. Default `full`. */
  readonly content?: 'full' | 'delta'
  /** The meaning of an object that a full file no longer lists. Default `hardDeleted`. */
  readonly missing?: RemovedReason | 'ignore'
}

/** Microsoft Graph, read by delta query. */
interface GraphFile {
  /** The service root, such as `https://graph.microsoft.com/v1.0`. */
  readonly graph: string
  readonly token: string
  /** Properties to request, by kind. */
  readonly select?: Readonly<Record<string, readonly string[]>>
  /** The collection of each kind. Default `User: users` and `Group: groups`. */
  readonly collections?: Files
}

/** An LDAP directory. */
interface LdapFile extends Omit<LdapSourceOptions, 'url' | 'attributes' | 'shape' | 'objects'> {
  /** `ldap://…` or `ldaps://…`. */
  readonly ldap: string
  /** The entries of each kind; a text is their object class. */
  readonly objects: Readonly<Record<string, string | LdapSourceKind>>
}

/** The part of a job file about its source. */
export type SourceFile =
  | Files
  | FilesSource
  | GraphFile
  | LdapFile
  | (SqlFile<SqlSourceTable> & Pick<FilesSource, 'missing'>)

const isGraph = (source: SourceFile): source is GraphFile => Object.hasOwn(source, 'graph')

const isLdap = (source: SourceFile): source is LdapFile => Object.hasOwn(source, 'ldap')

const isSql = (source: SourceFile): source is SqlFile<SqlSourceTable> & Pick<FilesSource, 'missing'> =>
  Object.hasOwn(source, 'sql')

const isLong = (source: SourceFile): source is FilesSource =>
  Object.hasOwn(source, 'files') && isJsonObject((source as FilesSource).files)

const graphCollections: Files = { User: 'users', Group: 'groups' }

const ldapMembers = [
  ...['ldap', 'bindDn', 'password', 'base', 'objects', 'activeDirectory', 'changes', 'logBase', 'missing'],
  ...['anchor', 'references', 'trustAnyCertificate', 'requestTimeout'],
]

const ldapProblem = (source: Readonly<Record<string, unknown>>): string | undefined => {
  const missing = ['ldap', 'bindDn', 'password', 'base'].find((name) => typeof source[name] !== 'string')
  if (missing !== undefined) return `an LDAP source needs ${missing}`
  const wrong = wrongMember('source', source)
  if (wrong !== undefined) return wrong
  const { objects } = source
  if (!isJsonObject(objects) || Object.keys(objects).length === 0)
    return 'source.objects must name the object class of each kind, such as User: inetOrgPerson'
  for (const [kind, entries] of Object.entries(objects)) {
    if (typeof entries === 'string' && entries !== '') continue
    const place = `source.objects.${shown(kind)}`
    if (!isJsonObject(entries) || typeof entries.objectClass !== 'string') return `${place} needs objectClass`
    const unknown = unknownMember(place, entries, ['objectClass', 'base'])
    if (unknown !== undefined) return unknown
  }
  return unknownMember('source', source, ldapMembers)
}

/** Returns what is wrong with the source of a job file; undefined if it is valid. */
export const sourceProblem = (source: unknown): string | undefined => {
  const need =
    'source must name a file for each kind of object, such as User: users.ndjson, a Graph service (graph: https://…), a directory (ldap: ldaps://…) or a database (sql: postgres://…)'
  if (!isJsonObject(source)) return need
  const only = (...names: readonly string[]): string | undefined => unknownMember('source', source, names)
  if (isGraph(source as SourceFile)) {
    if (typeof source.graph !== 'string')
      return 'source.graph takes a URL, such as https://graph.microsoft.com/v1.0'
    if (typeof source.token !== 'string') return `a Graph source needs a token, such as "\${GRAPH_TOKEN}"`
    return only('graph', 'token', 'select', 'collections')
  }
  if (isLdap(source as SourceFile)) return ldapProblem(source)
  if (isSql(source as SourceFile))
    return (
      only('sql', 'tables', 'missing') ??
      wrongMember('source', source) ??
      sqlProblem('source', source, ['lists', 'watermark', 'changes'])
    )
  const files = isLong(source as SourceFile) ? source.files : source
  if (files !== source) {
    const problem = only('files', 'content', 'missing') ?? wrongMember('source', source)
    if (problem !== undefined) return problem
  }
  return Object.values(files as object).every((path) => typeof path === 'string') ? undefined : need
}

/** The kinds of objects of a source, by source object name. */
export const kindsOf = (source: SourceFile): readonly string[] =>
  Object.keys(
    isSql(source)
      ? source.tables
      : isLdap(source)
        ? source.objects
        : isGraph(source)
          ? (source.collections ?? graphCollections)
          : filesOf(source),
  )

/** The files that a source reads, by kind; none of a service or a database. */
export const filesOf = (source: SourceFile): Files => {
  if (isSql(source) || isLdap(source) || isGraph(source)) return {}
  return isLong(source) ? source.files : source
}

const identifiers = ['objectId', 'id', 'externalId', 'WorkerID', 'employeeId']

/** Identifies an object by the first of these attributes that has a text. */
const identifyBy =
  (names: readonly string[]): FileSourceOptions['identify'] =>
  (_kind, record) => {
    for (const name of names) {
      const text = textForm(readAttribute(record, name))
      if (typeof text === 'string' && text !== '') return text
    }
    return undefined
  }

/** What the source of a job depends on. */
interface SourceContext {
  /** The attribute that identifies an object; undefined: the first of the usual ones that has a text. */
  readonly identifier: string | undefined
  readonly definition: JobDefinition
  /** Resolves a path of the job file, relative to its folder. */
  readonly at: (path: string) => string
}

/** The source of a job. Its objects have the attribute names that the mappings read. */
export const sourceOf = (
  source: SourceFile,
  { identifier, definition, at }: SourceContext,
  io: CliIo,
): Source => {
  const shapers = new Map(
    definition.mappings.map(({ compiled }) => [
      compiled.objectMapping.sourceObjectName,
      mappingShaper(compiled),
    ]),
  )
  const shape = (kind: string, record: SourceRecord): SourceRecord =>
    shapers.get(kind)?.apply(record) ?? record
  if (isGraph(source)) {
    const { graph, token, select, collections } = source
    return new GraphSource({
      url: serviceUrl('source.graph', graph, 'http', io),
      token: () => withEnvironment(token, io),
      collections: collections ?? graphCollections,
      ...(select === undefined ? {} : { select }),
      shape,
    })
  }
  if (isLdap(source)) {
    const { ldap, objects, ...rest } = source
    return new LdapSource({
      ...rest,
      ...directoryAccess('source', source, io),
      objects: Object.fromEntries(
        Object.entries(objects).map(([kind, entries]) => [
          kind,
          typeof entries === 'string' ? { objectClass: entries } : entries,
        ]),
      ),
      attributes: (kind) =>
        definition.mappings
          .filter(({ compiled }) => compiled.objectMapping.sourceObjectName === kind)
          .flatMap(({ compiled }) => compiled.unit.inputs.map(({ name }) => name)),
      shape,
    })
  }
  if (isSql(source)) {
    const { sql, tables, missing } = source
    return new SqlSource({
      address: sqlAddress(withEnvironment(sql, io), at),
      tables,
      ...(missing === undefined ? {} : { missing }),
      shape,
    })
  }
  const { content, missing } = (isLong(source) ? source : {}) as Partial<FilesSource>
  return new FileSource({
    ...(content === undefined ? {} : { content }),
    ...(missing === undefined ? {} : { missing }),
    files: Object.fromEntries(Object.entries(filesOf(source)).map(([kind, path]) => [kind, at(path)])),
    identify: identifyBy(identifier === undefined ? identifiers : [identifier]),
    shape,
  })
}
