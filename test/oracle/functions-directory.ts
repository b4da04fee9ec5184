import { sidFromBase64 } from '../../src/dotnet/encoding/sid.js'
import { distinguishedNameComponent } from '../../src/dotnet/text/distinguished-name.js'
import { dotnet, type OracleFunction } from './protocol.js'
import { fail, type OracleValue, Structure, text } from './value.js'

/** Semantics 26: what is assigned, without blanks; a single assignment needs no list. */
const assignments = (value: OracleValue): OracleValue[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== '')

const filled = (assignment: Structure, name: string): string | null => {
  const found = text(assignment.member(name))
  return found === '' ? null : found
}

const nameOf = (assignment: OracleValue): string | null =>
  assignment instanceof Structure
    ? (filled(assignment, 'value') ?? filled(assignment, 'displayName'))
    : text(assignment)

const jsonOf = (assignment: OracleValue): string => {
  if (!(assignment instanceof Structure)) {
    const name = JSON.stringify(text(assignment))
    return `{"value":${name},"displayName":${name}}`
  }
  const members = ['id', 'value', 'displayName'].flatMap((name) => {
    const found = filled(assignment, name)
    return found === null ? [] : [`"${name}":${JSON.stringify(found)}`]
  })
  return `{${members.join(',')}}`
}

const complex: OracleFunction = {
  parameters: ['any'],
  body: (_, value: OracleValue) => assignments(value).map(jsonOf),
}

export const directoryFunctions: Record<string, OracleFunction> = {
  SingleAppRoleAssignment: {
    parameters: ['any'],
    body: (_, value: OracleValue) => {
      const [only, ...more] = assignments(value)
      if (more.length > 0) return fail('AF5011')
      return only === undefined ? null : nameOf(only)
    },
  },
  AppRoleAssignments: {
    parameters: ['any'],
    body: (_, value: OracleValue) =>
      assignments(value)
        .map(nameOf)
        .filter((name) => name !== null),
  },
  AppRoleAssignmentsComplex: complex,
  AssertiveAppRoleAssignmentsComplex: complex,

  DefaultDomain: { parameters: [], body: ({ settings }) => settings.defaultDomain ?? fail('AF5007') },
  AltSecIdFromNetid: { parameters: ['text'], body: () => fail('AF5007') },
  Redact: { parameters: ['any'], body: (_, value: OracleValue) => value },

  DNComponent: {
    parameters: ['text', 'integer'],
    maps: true,
    body: (_, name: string, number: bigint) => dotnet(() => distinguishedNameComponent(name, Number(number))),
  },
  StringFromSid: {
    parameters: ['text'],
    maps: true,
    body: (_, source: string) => dotnet(() => sidFromBase64(source)),
  },
}
