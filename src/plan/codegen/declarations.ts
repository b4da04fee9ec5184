import type { AttributeInfo } from '../../check/attribute-scope.js'
import {
  ANY,
  BOOLEAN,
  DATETIME,
  DECIMAL,
  INTEGER,
  LIST,
  MARKER,
  NULL,
  OBJECT,
  overlaps,
  STRING,
  type StaticType,
  within,
} from '../../values/static-type.js'
import { type Code, docComment, identifier, joined, js, literal, member } from './code.js'
import { elementTypes } from './result-types.js'
import { Writer } from './writer.js'

/** One attribute of a declared interface. */
export interface DeclaredSource {
  readonly name: string
  /** Its description in the schema. */
  readonly info: AttributeInfo | undefined
}

/** One member of a declared row. */
export interface DeclaredResult {
  readonly name: string
  readonly type: StaticType
  /** Whether evaluating it can fail. */
  readonly fallible: boolean
  /** Paragraphs of documentation. */
  readonly about: readonly string[]
}

/** The contents of a module's declarations. */
export interface DeclaredModule {
  /** Paragraphs at the beginning. */
  readonly header: string
  readonly runtime: string
  readonly sourceAbout: string
  readonly source: readonly DeclaredSource[]
  readonly resultAbout: string
  readonly results: readonly DeclaredResult[]
  /** Whether a guard can fail. */
  readonly guarded: boolean
  /** The module with the type of the mapping plan; undefined if there is none. */
  readonly decisions: string | undefined
}

/** How a kind of value is written in a declaration, and the types it imports. */
const kinds: readonly (readonly [StaticType, string])[] = [
  [STRING, 'string'],
  [BOOLEAN, 'boolean'],
  [INTEGER | DECIMAL, 'number'],
  [INTEGER, 'bigint'],
  [DATETIME, 'DateTime'],
  [OBJECT, 'ObjectValue'],
  [MARKER, 'FlowMarker'],
  [NULL, 'null'],
]

class Declarations {
  readonly imports = new Set<string>()

  /** A type of the runtime. */
  named(name: string): Code {
    this.imports.add(name)
    return identifier(name)
  }

  /** The union of kinds, as code. */
  union(type: StaticType): Code {
    if (within(ANY, type)) {
      const markers = overlaps(type, MARKER) ? [this.named('FlowMarker')] : []
      return joined([this.named('Value'), ...markers], ' | ')
    }
    const members = kinds
      .filter(([kind]) => overlaps(type, kind))
      .map(([, name]) => (/^[A-Z]/.test(name) ? this.named(name) : identifier(name)))
    if (overlaps(type, LIST)) members.splice(-1, 0, js`readonly ${this.named('Value')}[]`)
    return joined(members.length === 0 ? [identifier('never')] : members, ' | ')
  }

  /** The JSON type of a source attribute. */
  input(info: AttributeInfo | undefined): Code {
    if (info === undefined) return identifier('unknown')
    const date = info.type === 'DateTime'
    const kind = elementTypes[info.type] & ~DATETIME
    const element = date ? js`${this.union(kind)} | Date` : this.union(kind)
    const many = element.text.includes(' ') ? js`(${element})` : element
    const list = info.multivalued ? js`${element} | readonly ${many}[]` : element
    return js`${list} | null | undefined`
  }
}

/** Writes the TypeScript declarations of a generated module. */
export const writeDeclarations = (module: DeclaredModule): string => {
  const types = new Declarations()
  const writer = new Writer()
  const about = (...texts: readonly string[]): void => {
    for (const line of docComment(...texts)) writer.line(line)
  }
  about(module.sourceAbout, 'Lists the attributes that the mapping reads.')
  writer.block(
    js`export interface Source {`,
    () => {
      for (const { name, info } of module.source) {
        writer.line(js`readonly ${member(name)}?: ${types.input(info)}`)
      }
      writer.line(js`readonly [attribute: string]: unknown`)
    },
    js`}`,
  )
  writer.blank()
  about(module.resultAbout, 'An attribute that fails has its error as value; the others are not affected.')
  writer.block(
    js`export interface Result {`,
    () => {
      for (const { name, type, fallible, about: texts } of module.results) {
        about(...texts)
        const union = types.union(type)
        const error = fallible ? js` | ${types.named('EvaluationError')}` : js``
        writer.line(js`${member(name)}: ${union}${error}`)
      }
    },
    js`}`,
  )
  writer.blank()
  const input = types.named('ContextInput')
  const context = types.named('EvaluationContext')
  about(
    'Maps one object.',
    'Returns null if the object is out of scope, and an error if it cannot be read or its scope cannot be evaluated.',
    'Never throws for dirty data. Without a context, the clock is read for each object.',
  )
  const outcomes = [identifier('Result'), types.named('EvaluationError')]
  const outcome = joined(module.guarded ? [...outcomes, identifier('null')] : outcomes, ' | ')
  writer.line(js`export declare function map(record: Source, context?: ${input} | ${context}): ${outcome}`)
  writer.blank()
  about('A context with the settings of the mapping, for any number of objects.')
  writer.line(js`export declare function newContext(input?: ${input}): ${context}`)
  if (module.decisions !== undefined) {
    writer.blank()
    about('The mapping with its decisions, for `mapObject` and for the other functions that take a mapping.')
    writer.line(js`export declare const mapping: TypedMappingPlan<Source>`)
  }

  const head = new Writer()
  for (const line of docComment(...module.header.split('\n'))) head.line(line)
  const imported = joined([...types.imports].sort().map(identifier), ', ')
  if (module.decisions !== undefined)
    head.line(js`import type { TypedMappingPlan } from ${literal(module.decisions)}`)
  head.line(js`import type { ${imported} } from ${literal(module.runtime)}`)
  head.blank()
  return `${[...head.lines, ...writer.lines].map(({ text }) => text).join('\n')}\n`
}
