import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { softDeletedAttribute } from '../mapping/source-state.js'
import type { Filter } from '../schema/model.js'
import type { Expression } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'

/** Names from many languages. */
export const givenNames: readonly string[] = [
  'Ada',
  'Jörg',
  'Świętosława',
  'Işıl',
  'Øyvind',
  'María José',
  "D'Arcy",
  '美咲',
  'Zoë',
  'Nguyễn',
  'Ольга',
  'Þóra',
]
export const familyNames: readonly string[] = [
  'Berg',
  'Müller-Weiß',
  'Łukaszewicz',
  'Özdemir',
  'Ångström',
  "O'Neill",
  'de la Cruz',
  '山田',
  'Smith',
  'van den Berg',
  'Иванова',
  'Čech',
]
const departments = ['Sales', 'Marketing', 'Research & Development', 'IT', 'Human Resources', 'Legal']
const cities = ['Berlin', 'Malmö', 'São Paulo', 'Łódź', 'Osaka', 'Dublin']
const countries = ['DE', 'SE', 'BR', 'PL', 'JP', 'IE']

/** Texts that break careless expressions. */
export const awkward: readonly string[] = [
  '',
  ' ',
  ' leading',
  'trailing ',
  'a'.repeat(300),
  'x\ty',
  'line\nbreak',
  '"quoted"',
  'a,b;c',
  'ﬁ',
  'İ',
  '😀',
  '0',
  '-1',
  'True',
  'null',
  '$1',
  '\\',
]

const dates = [
  '2026-01-15',
  '2026-02-29',
  '2024-02-29T23:59:59Z',
  '31/12/2026',
  '',
  'tomorrow',
  '2026-03-29T02:30:00+01:00',
  '20260115000000.0Z',
]

/** Chooses one of several items. */
export type Pick = <T>(items: readonly T[]) => T | undefined

/** The person that an object represents: names and addresses fit together. */
export interface Person {
  readonly given: string
  readonly family: string
  readonly index: number
}

/** A usual value for attributes of this name; undefined for unknown names. */
export const usualValue = (name: string, person: Person, pick: Pick): unknown => {
  const lower = name.toLowerCase()
  const login = `${person.given}.${person.family}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase()
  const account = `${login === '.' ? 'user' : login}${person.index}`
  if (/^(?:objectid|id|externalid|immutableid|objectguid)$/.test(lower))
    return `00000000-0000-4000-8000-${String(person.index).padStart(12, '0')}`
  if (/principalname|mail|email|address$/.test(lower)) return `${account}@example.org`
  if (/givenname|firstname/.test(lower)) return person.given
  if (/surname|lastname|familyname|^sn$/.test(lower)) return person.family
  if (/displayname|^cn$|preferredname/.test(lower)) return `${person.given} ${person.family}`
  if (/nickname|samaccountname|username|login/.test(lower)) return account
  if (/employeeid|employeenumber|workerid|personid/.test(lower)) return String(10_000 + person.index)
  if (/department|division|costcenter|company/.test(lower)) return pick(departments)
  if (/city|^l$|office|location/.test(lower)) return pick(cities)
  if (/country|^c$|^co$/.test(lower)) return pick(countries)
  if (/phone|mobile|fax/.test(lower)) return pick(['+49 30 5550100', '(030) 555-0101', '+1 555 0102'])
  if (/date|time|expires/.test(lower)) return pick(dates)
  if (/manager/.test(lower))
    return `00000000-0000-4000-8000-${String(Math.max(0, person.index - 1)).padStart(12, '0')}`
  if (/language/.test(lower)) return pick(['de-DE', 'sv-SE', 'en-US'])
  if (/usertype/.test(lower)) return pick(['Member', 'Guest'])
  if (/approleassignments/.test(lower)) return [{ id: '1', value: 'Reader', displayName: 'Reader' }]
  return undefined
}

/** Adds the texts that an expression compares each attribute with. */
export const constantsIn = (expression: Expression, found: Map<string, Set<string>>): void => {
  const note = (name: string, text: string): void => {
    const known = found.get(name) ?? new Set<string>()
    found.set(name, known.add(text))
  }
  visit(expression, (node) => {
    if (node.type === 'Comparison') {
      const [a, b] = [node.left, node.right]
      if (a.type === 'AttributeReference' && b.type === 'StringLiteral') note(a.name, b.value)
      if (b.type === 'AttributeReference' && a.type === 'StringLiteral') note(b.name, a.value)
    }
    if (node.type !== 'FunctionCall') return
    const [source] = node.arguments
    if (source?.type !== 'AttributeReference') return
    for (const argument of node.arguments.slice(1))
      if (argument.type === 'StringLiteral' && argument.value.length < 60) note(source.name, argument.value)
  })
}

const operandsIn = (filter: Filter | null, found: Map<string, Set<string>>): void => {
  if (filter === null) return
  for (const set of [filter.groups, filter.inputFilterGroups, filter.categoryFilterGroups])
    for (const { clauses } of set)
      for (const { sourceOperandName, targetOperand } of clauses)
        for (const value of targetOperand?.values ?? []) {
          const known = found.get(sourceOperandName) ?? new Set<string>()
          found.set(sourceOperandName, known.add(value.replace(/^\^|\$$/g, '')))
        }
}

/** What is known about the values of an attribute that a mapping reads. */
export interface SourceValues {
  readonly name: string
  readonly kind: 'Boolean' | 'Integer' | 'text'
  readonly multivalued: boolean
  /** Whether every object has it: because it is a matching attribute, or its definition says so. */
  readonly needed: boolean
  /** Whether it is a matching attribute. */
  readonly matching: boolean
  /** The texts that expressions and filters compare it with. */
  readonly constants: readonly string[]
}

/** Attributes that the service computes itself. */
const computed: ReadonlySet<string> = new Set([softDeletedAttribute, 'originalUserPrincipalName'])

/** The attributes that a mapping reads, with what is known about their values. */
export const sourceValues = (compiled: CompiledObjectMapping): readonly SourceValues[] => {
  const constants = new Map<string, Set<string>>()
  for (const { analyzed } of compiled.attributes)
    if (analyzed !== undefined) constantsIn(analyzed.expression, constants)
  operandsIn(compiled.objectMapping.scope, constants)
  const matching = new Set(compiled.matching.flatMap((index) => compiled.attributes[index]?.reads ?? []))
  return compiled.unit.inputs
    .filter(({ name }) => !computed.has(name))
    .map(({ name }) => {
      const definition = compiled.ends.source?.get(name)
      const { type } = definition ?? {}
      return {
        name,
        kind: type === 'Boolean' || type === 'Integer' ? type : 'text',
        multivalued: definition?.multivalued === true,
        needed: matching.has(name) || definition?.required === true,
        matching: matching.has(name),
        constants: [...(constants.get(name) ?? [])],
      }
    })
}
