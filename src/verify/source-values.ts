import type { AttributeInfo } from '../check/attribute-scope.js'
import type { BoundArgument, BoundCall } from '../check/bound.js'
import { compileOutputFormat, DateTime, formatDateTime } from '../dotnet/dates/index.js'
import { DotnetFailure } from '../dotnet/failure.js'
import { filterSetNames } from '../filter/resolve.js'
import type { FunctionDefinition } from '../functions/define.js'
import { documented } from '../functions/documentation.js'
import { inputFormat, regularExpression } from '../functions/literals.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { softDeletedAttribute } from '../mapping/source-state.js'
import type { Filter } from '../schema/model.js'
import type { Expression, SyntaxNode } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'
import { samplesOf } from './pattern-samples.js'

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
const companies = ['Contoso Ltd', 'Fabrikam', 'Northwind Traders']
const titles = [
  'Engineer',
  'Head of Sales',
  'Accountant',
  'Buchhalterin',
  'Assistant (part-time)',
  'Chargé d’affaires',
]
const cities = ['Berlin', 'Malmö', 'São Paulo', 'Łódź', 'Osaka', 'Dublin']
const regions = ['Berlin', 'Skåne', 'SP', 'Łódzkie', 'Osaka', 'Leinster']
const streets = [
  'Hauptstraße 5',
  '12 O’Connell Street',
  'ul. Piotrkowska 7/2',
  'Rua Augusta 1000',
  'Storgatan 1',
]
const postalCodes = ['10115', '211 20', '01304-001', '90-001', '530-0001', 'D02 AF30']
const countries = ['DE', 'SE', 'BR', 'PL', 'JP', 'IE']
const countryNames = ['Germany', 'Sweden', 'Brazil', 'Poland', 'Japan', 'Ireland']
const phones = ['+49 30 5550100', '(030) 555-0101', '+1 555 0102', '+46-40-555 01 03']

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
  'İIıi',
  '😀',
  '0',
  '-1',
  'True',
  'null',
  '$1',
  '\\',
]

const ordinaryDates: readonly DateTime[] = [
  '2026-01-15T00:00:00Z',
  '2024-02-29T23:59:59Z',
  '2019-12-31T08:30:00Z',
  '2015-04-01T00:00:00Z',
  '2021-10-09T12:00:00Z',
  '1999-07-03T17:45:01Z',
].map((text) => DateTime.fromIso(text))

/** Dates in a .NET format; empty if it is not valid. */
export const datesIn = (format: string, dates: readonly DateTime[] = ordinaryDates): readonly string[] => {
  try {
    const plan = compileOutputFormat(format)
    const zone = { hostTimeZone: 'UTC', now: DateTime.fromEpochMilliseconds(0) }
    return dates.map((date) => formatDateTime(date, plan, zone))
  } catch (error) {
    if (!(error instanceof DotnetFailure)) throw error
    return []
  }
}

/** The format of dates that are read without a format. */
const PLAIN = 'yyyy-MM-dd'
const plainDates = datesIn(PLAIN)
const timestamps = datesIn("yyyy-MM-dd'T'HH:mm:ss'Z'")

/** Dates that break careless expressions. */
export const awkwardDates: readonly string[] = [
  '',
  'tomorrow',
  '2026-02-29',
  '31/12/2026',
  '2026-03-29T02:30:00+01:00',
  '20260115000000.0Z',
  '0001-01-01',
  '9999-12-31',
]

/** Chooses one of several items. */
export type Choose = <T>(items: readonly T[]) => T | undefined

/** The person that an object represents: names and addresses fit together. */
export interface Person {
  readonly given: string
  readonly family: string
  readonly index: number
}

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** A usual value for attributes of this name; undefined for unknown names. */
export const usualValue = (name: string, person: Person, pick: Choose): unknown => {
  const lower = name.toLowerCase()
  const login = `${person.given}.${person.family}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .replace(/^\.|\.$/g, '')
    .toLowerCase()
  const account = `${login === '' ? 'user' : login}${person.index}`
  if (/^(?:objectid|id|externalid|immutableid|objectguid)$/.test(lower)) return idOf(person.index)
  if (/^proxyaddresses$/.test(lower))
    return [`SMTP:${account}@example.org`, `smtp:${account}@old.example.org`]
  if (/street|addressline/.test(lower)) return pick(streets)
  if (/principalname|mail$|^othermails$|mailaddress$|^upn$/.test(lower)) return `${account}@example.org`
  if (/givenname|firstname/.test(lower)) return person.given
  if (/surname|lastname|familyname|^sn$/.test(lower)) return person.family
  if (/displayname|^cn$|preferredname|fullname/.test(lower)) return `${person.given} ${person.family}`
  if (/nickname|samaccountname|username|userid|login/.test(lower)) return account
  if (/employeeid|employeenumber|workerid|personid/.test(lower)) return String(10_000 + person.index)
  if (/manager|supervisorid/.test(lower)) return idOf(Math.max(0, person.index - 1))
  if (/department|division|organization/.test(lower)) return pick(departments)
  if (/costcent/.test(lower)) return `CC-${1000 + (person.index % 90)}`
  if (/company/.test(lower)) return pick(companies)
  if (/title/.test(lower)) return pick(titles)
  if (/postal|zip/.test(lower)) return pick(postalCodes)
  if (/countryname|friendly|^co$/.test(lower)) return pick(countryNames)
  if (/country|^c$|usagelocation/.test(lower)) return pick(countries)
  if (/city|^l$|municipality|locality|office|location/.test(lower)) return pick(cities)
  if (/^state$|^st$|region|province/.test(lower)) return pick(regions)
  if (/phone|mobile|fax/.test(lower)) return pick(phones)
  if (/date|time|expires/.test(lower)) return pick(plainDates)
  if (/language/.test(lower)) return pick(['de-DE', 'sv-SE', 'en-US'])
  if (/usertype/.test(lower)) return pick(['Member', 'Guest'])
  if (/approleassignments/.test(lower)) return [{ id: '1', value: 'Reader', displayName: 'Reader' }]
  return undefined
}

/** What the expressions of a mapping say about the values of attributes. */
class Evidence {
  readonly #found = new Map<string, Map<keyof Found, Set<string>>>()

  note(name: string, kind: keyof Found, texts: readonly string[]): void {
    const kinds = this.#found.get(name) ?? new Map<keyof Found, Set<string>>()
    this.#found.set(name, kinds)
    kinds.set(kind, new Set([...(kinds.get(kind) ?? []), ...texts]))
  }

  of(name: string): Found {
    const texts = (kind: keyof Found) => [...(this.#found.get(name)?.get(kind) ?? [])]
    return { constants: texts('constants'), formats: texts('formats'), formed: texts('formed') }
  }
}

interface Found {
  /** The texts that expressions and filters compare it with. */
  readonly constants: readonly string[]
  /** The .NET formats in which expressions read it as a date. */
  readonly formats: readonly string[]
  /** Texts in which an expression finds what it looks for. */
  readonly formed: readonly string[]
}

/** Adds the texts that an expression compares each attribute with. */
export const constantsIn = (expression: Expression, found: Map<string, Set<string>>): void => {
  visit(expression, (node) => {
    if (node.type !== 'Comparison') return
    for (const [side, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ] as const)
      if (other.type === 'StringLiteral') {
        const [name, ...more] = attributesBelow(side)
        if (name !== undefined && more.length === 0)
          found.set(name, (found.get(name) ?? new Set()).add(other.value))
      }
  })
}

const attributesBelow = (node: SyntaxNode): readonly string[] => {
  const names = new Set<string>()
  visit(node, (one) => {
    if (one.type === 'AttributeReference') names.add(one.name)
  })
  return [...names]
}

/** Texts that a constant argument stands for, as values of the arguments before it. */
const meantBy = (
  { keepsUnmatched }: FunctionDefinition,
  { parameter, argument }: BoundArgument,
): Partial<Found> => {
  if (argument.type !== 'StringLiteral' || argument.value === '') return {}
  const { value } = argument
  if (parameter.checkLiteral === inputFormat) return { formats: [value] }
  if (parameter.checkLiteral === regularExpression) return { formed: samplesOf(value).slice(0, 12) }
  if (parameter.checkLiteral !== undefined || parameter.values !== undefined || value.length > 60) return {}
  if (parameter.reads === 'text') return { constants: [value] }
  return keepsUnmatched === true ? { formed: [`${value}x`, `x${value}x`] } : {}
}

/** The texts with which the examples of a function show this parameter. */
const exampleTexts = (definition: FunctionDefinition): readonly string[] =>
  documented(definition).examples.flatMap(({ input = {}, error }) =>
    error === undefined ? Object.values(input).filter((value) => typeof value === 'string') : [],
  )

const noteCall = ({ definition, arguments: given }: BoundCall, evidence: Evidence): void => {
  for (const { argument, parameter, position } of given) {
    const names = attributesBelow(argument)
    if (names.length === 0) continue
    const note = (kind: keyof Found, texts: readonly string[]): void => {
      for (const name of names) evidence.note(name, kind, texts)
    }
    if (parameter.form !== undefined) note('formed', exampleTexts(definition))
    if (parameter.type === 'DateTime' || parameter.reads === 'date') note('formats', [PLAIN])
    if (parameter.reads === 'boolean') note('constants', ['True', 'False'])
    if (parameter.type === 'Integer') note('constants', ['1', '2', '12'])
    // What follows the first argument says what is looked for in it.
    if (position > 0) continue
    for (const other of given.slice(1))
      for (const [kind, texts] of Object.entries(meantBy(definition, other))) note(kind as keyof Found, texts)
  }
}

const noteOperands = (filter: Filter | null, evidence: Evidence): void => {
  if (filter === null) return
  for (const name of filterSetNames)
    for (const { clauses } of filter[name])
      for (const { sourceOperandName, targetOperand } of clauses)
        for (const value of targetOperand?.values ?? [])
          evidence.note(sourceOperandName, 'constants', [
            /[\\^$*+?()[\]{}|]/.test(value) ? (samplesOf(value)[0] ?? value) : value,
          ])
}

/** What is known about the values of an attribute that a mapping reads. */
export interface SourceValues extends Found {
  readonly name: string
  readonly kind: 'Boolean' | 'Integer' | 'DateTime' | 'Reference' | 'text'
  readonly multivalued: boolean
  /** Whether every object has it: a matching attribute, one that the source or the target requires. */
  readonly needed: boolean
  /** Whether it is a matching attribute. */
  readonly matching: boolean
  /** Dates in the formats. */
  readonly dates: readonly string[]
}

/** Attributes that the service computes itself. */
const computed: ReadonlySet<string> = new Set([softDeletedAttribute, 'originalUserPrincipalName'])

const kindOf = (type: AttributeInfo['type'] | undefined): SourceValues['kind'] =>
  type === undefined || type === 'String' || type === 'Binary' ? 'text' : type

/** The two values of an attribute that is compared with one of them. */
const opposites: Readonly<Record<string, string>> = {
  '0': '1',
  '1': '0',
  False: 'True',
  True: 'False',
  N: 'Y',
  Y: 'N',
  No: 'Yes',
  Yes: 'No',
}

/** The attributes that a mapping reads, with what is known about their values. */
export const sourceValues = (compiled: CompiledObjectMapping): readonly SourceValues[] => {
  const evidence = new Evidence()
  const compared = new Map<string, Set<string>>()
  for (const { analyzed } of compiled.attributes) {
    if (analyzed === undefined) continue
    constantsIn(analyzed.expression, compared)
    for (const call of analyzed.calls.values()) noteCall(call, evidence)
  }
  for (const [name, texts] of compared) evidence.note(name, 'constants', [...texts])
  noteOperands(compiled.objectMapping.scope, evidence)
  const matching = new Set(compiled.matching.flatMap((index) => compiled.attributes[index]?.reads ?? []))
  // Without a value for an attribute that the target requires, an object cannot be created.
  const required = new Set(
    compiled.attributes.flatMap(({ rules, reads }) => (rules.required && reads.length === 1 ? reads : [])),
  )
  return compiled.unit.inputs
    .filter(({ name }) => !computed.has(name))
    .map(({ name }) => {
      const definition = compiled.ends.source?.get(name)
      const found = evidence.of(name)
      const [only, ...more] = found.constants
      const other = more.length === 0 && only !== undefined ? opposites[only] : undefined
      return {
        name,
        kind: kindOf(definition?.type),
        multivalued: definition?.multivalued === true,
        needed: matching.has(name) || required.has(name) || definition?.required === true,
        matching: matching.has(name),
        ...found,
        dates: found.formats.flatMap((format) => datesIn(format)),
        constants: other === undefined ? found.constants : [...found.constants, other],
      }
    })
}

/** An ordinary value of an attribute for a person. */
export const ordinaryValue = (
  { name, kind, matching, constants, dates, formed }: SourceValues,
  person: Person,
  pick: Choose,
): unknown => {
  if (kind === 'Boolean') return pick([true, true, true, true, false])
  if (kind === 'Integer') return pick([0, 1, 2, 5, 12, 100, 512, 999])
  if (dates.length > 0) return pick(dates)
  if (kind === 'DateTime') return pick(timestamps)
  const usual = usualValue(name, person, pick)
  if (matching) return usual ?? `${name}-${person.index}`
  const often = usual === undefined ? [true, true, true, false] : [true, false]
  if (constants.length > 0 && pick(often)) return pick(constants)
  if (formed.length > 0 && pick(usual === undefined ? [true, false] : [true, ...Array(7).fill(false)]))
    return typeof usual === 'string' ? `${usual}${pick(formed)}` : pick(formed)
  if (usual !== undefined) return usual
  return kind === 'Reference' ? idOf(person.index % 50) : `${name}-${pick([...Array(20).keys()])}`
}

/** Whether an attribute says that somebody leaves; most people have no value in it. */
export const isOfLeavers = (name: string): boolean =>
  /terminat|leave|resign|expires|enddate|lastday/i.test(name)
