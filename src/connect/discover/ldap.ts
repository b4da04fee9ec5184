import { plainAttribute } from '../../schema/entra-objects.js'
import type { AttributeType } from '../../schema/enums.js'
import type { AttributeDefinition, ObjectDefinition } from '../../schema/model.js'
import { type Answer, done } from '../answer.js'
import { LdapConnection, type LdapConnectionOptions } from '../ldap/connection.js'
import { allOf, firstOf } from '../ldap/entry.js'

/** A definition of a subschema (RFC 4512, 4.1); only the parts that are used here. */
interface Definition {
  readonly names: readonly string[]
  readonly superior: readonly string[]
  readonly must: readonly string[]
  readonly may: readonly string[]
  /** Auxiliary classes of a content rule. */
  readonly auxiliary: readonly string[]
  readonly identifier: string
  readonly syntax: string | undefined
  readonly single: boolean
  readonly readOnly: boolean
}

/** The words of a definition: names in quotes, and parentheses. */
const wordsOf = (text: string): readonly string[] => text.match(/'[^']*'|\(|\)|\$|[^\s()$']+/g) ?? []

/** Reads `( 2.5.6.6 NAME 'person' SUP top MUST ( sn $ cn ) … )`. */
const definitionIn = (text: string): Definition => {
  const words = wordsOf(text)
  const listAfter = (keyword: string): readonly string[] => {
    const at = words.indexOf(keyword)
    if (at < 0) return []
    const end = words[at + 1] === '(' ? words.indexOf(')', at) : at + 2
    return words
      .slice(at + 1, end)
      .filter((word) => word !== '(' && word !== '$')
      .map((word) => word.replace(/^'|'$/g, ''))
  }
  return {
    names: listAfter('NAME'),
    superior: listAfter('SUP'),
    must: listAfter('MUST'),
    may: listAfter('MAY'),
    auxiliary: listAfter('AUX'),
    identifier: words[1] ?? '',
    syntax: listAfter('SYNTAX')[0]?.replace(/\{\d+\}$/, ''),
    single: words.includes('SINGLE-VALUE'),
    readOnly: words.includes('NO-USER-MODIFICATION'),
  }
}

/** Non-text syntaxes of RFC 4517 and Active Directory. */
const syntaxes: Readonly<Record<string, AttributeType>> = {
  '1.3.6.1.4.1.1466.115.121.1.7': 'Boolean',
  '1.3.6.1.4.1.1466.115.121.1.12': 'Reference',
  '1.3.6.1.4.1.1466.115.121.1.24': 'DateTime',
  '1.3.6.1.4.1.1466.115.121.1.27': 'Integer',
  '1.2.840.113556.1.4.906': 'Integer',
  '1.3.6.1.4.1.1466.115.121.1.5': 'Binary',
  '1.3.6.1.4.1.1466.115.121.1.8': 'Binary',
  '1.3.6.1.4.1.1466.115.121.1.28': 'Binary',
  '1.3.6.1.4.1.1466.115.121.1.40': 'Binary',
}

const byName = (definitions: readonly Definition[]): ReadonlyMap<string, Definition> =>
  new Map(definitions.flatMap((one) => one.names.map((name) => [name.toLowerCase(), one] as const)))

/**
 * A class, those that it inherits from, and what content rules add to them (RFC 4512, 4.1.6), such as the auxiliary
 * classes of Active Directory.
 */
const ancestry = (
  name: string,
  classes: ReadonlyMap<string, Definition>,
  rules: readonly Definition[],
): readonly Definition[] => {
  const found: Definition[] = []
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const definition = classes.get(next.toLowerCase())
    if (definition === undefined || found.includes(definition)) continue
    const added = rules.filter(({ identifier }) => identifier === definition.identifier)
    found.push(definition, ...added)
    open.push(...definition.superior, ...added.flatMap(({ auxiliary }) => auxiliary))
  }
  return found
}

/** Finds a property of an attribute: its own, or that of the attribute it is derived from. */
const inherited = (
  definition: Definition | undefined,
  attributes: ReadonlyMap<string, Definition>,
): Pick<Definition, 'syntax' | 'single' | 'readOnly'> => {
  let at = definition
  for (let depth = 0; at !== undefined && at.syntax === undefined && depth < 10; depth++)
    at = attributes.get((at.superior[0] ?? '').toLowerCase())
  return {
    syntax: at?.syntax,
    single: definition?.single ?? false,
    readOnly: definition?.readOnly ?? false,
  }
}

/**
 * Reads object classes from the subschema of a directory: their attributes with types, and which of them are
 * required.
 * @param classes the names of object classes
 */
export const discoverLdap = async (
  options: LdapConnectionOptions,
  classes: readonly string[],
): Promise<Answer<readonly ObjectDefinition[]>> => {
  const connection = new LdapConnection('LDAP directories', options)
  try {
    const root = await connection.all('read of the root', '', () => ({
      scope: 'base',
      attributes: ['subschemaSubentry'],
    }))
    if (root.outcome !== 'done') return root
    const place = String(firstOf(root.value[0]?.subschemaSubentry)) || 'cn=Subschema'
    const read = await connection.ask('read of the subschema', false, async (client) => {
      const { searchEntries } = await client.search(place, {
        scope: 'base',
        filter: '(objectClass=subschema)',
        attributes: ['objectClasses', 'attributeTypes', 'dITContentRules'],
      })
      return searchEntries[0]
    })
    if (read.outcome !== 'done') return read
    const definitions = (name: string): readonly Definition[] =>
      allOf(read.value?.[name]).map((text) => definitionIn(String(text)))
    const [known, attributes] = [byName(definitions('objectClasses')), byName(definitions('attributeTypes'))]
    const rules = definitions('dITContentRules')
    const filled = options.activeDirectory === true ? filledByDirectory : new Map<string, string>()
    return done(
      classes.flatMap((name) => {
        const chain = ancestry(name, known, rules)
        if (chain.length === 0) return []
        const must = new Set(chain.flatMap((one) => one.must))
        const all = [...new Set([...must, ...chain.flatMap((one) => one.may)])]
        return [
          {
            name,
            attributes: all
              .filter((attribute) => attribute !== 'objectClass')
              .map((attribute): AttributeDefinition => {
                const { syntax, single, readOnly } = inherited(
                  attributes.get(attribute.toLowerCase()),
                  attributes,
                )
                return plainAttribute(attribute, {
                  type: syntaxes[syntax ?? ''] ?? 'String',
                  required: must.has(attribute) && !filled.has(attribute),
                  // Most attributes of a directory may have several values, but have one.
                  multivalued: !single && severalValues.has(attribute),
                  ...(readOnly || filled.get(attribute) === 'ReadOnly' ? { mutability: 'ReadOnly' } : {}),
                })
              }),
            metadata: [],
            supportedApis: [],
          },
        ]
      }),
    )
  } finally {
    await connection.close()
  }
}

/** Attributes of Active Directory that it fills, although their classes require them or allow to write them. */
const filledByDirectory: ReadonlyMap<string, 'ReadOnly' | 'ReadWrite'> = new Map([
  ...['instanceType', 'nTSecurityDescriptor', 'objectCategory', 'objectSid', 'objectGUID', 'whenCreated'].map(
    (name) => [name, 'ReadOnly'] as const,
  ),
  ...['uSNChanged', 'uSNCreated', 'whenChanged', 'memberOf', 'distinguishedName', 'primaryGroupToken'].map(
    (name) => [name, 'ReadOnly'] as const,
  ),
  ...['sAMAccountName', 'groupType', 'cn'].map((name) => [name, 'ReadWrite'] as const),
])

/** Attributes that have several values in practice. */
const severalValues: ReadonlySet<string> = new Set([
  ...['member', 'uniqueMember', 'memberOf', 'proxyAddresses', 'otherTelephone', 'otherMailbox', 'seeAlso'],
  ...['mailAlternateAddress', 'objectClass'],
])
