/** How the entries of a kind of objects are created. */
export interface LdapKind {
  /** Default: those of the kind, if its name is that of a usual class; otherwise those of a user. */
  readonly objectClasses?: readonly string[]
  /** The naming attribute. Default `uid`; in Active Directory and for groups `cn`. */
  readonly rdn?: string
  /** The container of new entries. Default: the base. A mapped `parentDistinguishedName` overrides it. */
  readonly container?: string
  /**
   * A template of names instead of naming attribute and container: `uid={uid},ou={department},dc=example,dc=org`.
   * Values are escaped. An entry is renamed or moved when they change.
   */
  readonly dn?: string
  /**
   * The member of a group without members, where its class requires one. Default
   * `cn=empty-membership-placeholder`.
   */
  readonly emptyMember?: string
}

const person = ['top', 'person', 'organizationalPerson']

/** Classes of entries that are not users; the last one is the structural class, and the usual name of the kind. */
const usualClasses: readonly (readonly string[])[] = [
  ['top', 'groupOfNames'],
  ['top', 'groupOfUniqueNames'],
  ['top', 'organizationalUnit'],
]

const activeDirectoryClasses: readonly (readonly string[])[] = [
  ['top', 'group'],
  [...person, 'contact'],
  ['top', 'organizationalUnit'],
]

/** The classes of a kind by its name; undefined if it is not a usual one. */
const classesOf = (kind: string, activeDirectory: boolean): readonly string[] | undefined => {
  const known = activeDirectory ? activeDirectoryClasses : usualClasses
  const isNamed = (name: string): boolean => kind.toLowerCase() === name.toLowerCase()
  return known.find((classes) => isNamed(classes.at(-1) ?? '')) ?? (isNamed('group') ? known[0] : undefined)
}

/** What is known of a kind after the defaults. */
export type KnownKind = Required<Pick<LdapKind, 'objectClasses' | 'rdn' | 'emptyMember'>> & {
  readonly [name in 'container' | 'dn']: string | undefined
}

/** Completes what a job file says of a kind. */
export const knownKind = (name: string, settings: LdapKind, activeDirectory: boolean): KnownKind => {
  const usual = classesOf(name, activeDirectory)
  const isUnit = usual?.at(-1) === 'organizationalUnit'
  const { objectClasses, rdn, container, dn, emptyMember = 'cn=empty-membership-placeholder' } = settings
  return {
    container,
    dn,
    emptyMember,
    objectClasses: objectClasses ?? usual ?? [...person, activeDirectory ? 'user' : 'inetOrgPerson'],
    rdn:
      rdn ??
      (isUnit
        ? 'ou'
        : activeDirectory || (usual !== undefined && objectClasses === undefined)
          ? 'cn'
          : 'uid'),
  }
}

/** Classes that require a member. */
export const requiresMember = (objectClasses: readonly string[]): boolean =>
  objectClasses.some((name) => /^groupOf(?:Unique)?Names$/i.test(name))
