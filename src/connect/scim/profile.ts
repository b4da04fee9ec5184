import { classicForm, compliantForm, type PatchForm } from '../../scim/patch-form.js'
import { isJsonObject } from '../../values/json-object.js'
import { isText, type OptionRule, type OptionTable, oneOf, optionProblems } from '../../values/options.js'

/**
 * How a SCIM service deviates from Entra's default requests: found by `attrflow target probe`, or written by
 * hand.
 */
export interface TargetProfile {
  readonly version: 1
  /** The form of PATCH requests. */
  readonly patch: PatchForm
  /** Target attributes that it refuses: they are left out of requests, and reported once. */
  readonly refused: readonly string[]
  /** Target attributes that it accepts but does not store: they are sent, and not expected back. */
  readonly dropped: readonly string[]
  /** The most members that one PATCH adds or removes. */
  readonly membersPerRequest: number
  /** How lists are read in pages: by `startIndex`, or by the `cursor` of RFC 9865. */
  readonly paging: 'index' | 'cursor'
  /** The most resources on a page. */
  readonly pageSize: number
}

/** The profile of a service that accepts Entra's default requests. */
export const classicProfile: TargetProfile = {
  version: 1,
  patch: classicForm,
  refused: [],
  dropped: [],
  membersPerRequest: 100,
  paging: 'index',
  pageSize: 100,
}

/** The values that the parts of a patch form may have, for validation and documentation. */
export const patchChoices: { readonly [Name in keyof PatchForm]: readonly PatchForm[Name][] } = {
  operations: ['capital', 'lower'],
  booleans: ['text', 'json'],
  together: [false, true],
  removeMembers: ['values', 'filter'],
  absentElement: ['path', 'whole'],
  manager: ['object', 'list', 'text'],
  clear: ['remove', 'null', 'empty'],
}

const names: OptionRule = {
  takes: 'a list of target attributes',
  accepts: (one) => Array.isArray(one) && one.every(isText),
}

const count: OptionRule = {
  takes: 'a whole number above 0',
  accepts: (one) => Number.isInteger(one) && Number(one) > 0,
}

const members: { readonly [Name in keyof TargetProfile]: OptionTable[string] } = {
  version: { takes: '1', accepts: (one) => one === 1 },
  patch: Object.fromEntries(
    Object.entries(patchChoices).map(([name, choices]: [string, readonly unknown[]]) => [
      name,
      {
        takes: choices.map((one) => JSON.stringify(one)).join(' or '),
        accepts: (one: unknown) => choices.includes(one),
      },
    ]),
  ),
  refused: names,
  dropped: names,
  membersPerRequest: count,
  paging: oneOf('index', 'cursor'),
  pageSize: count,
}

/** Returns what is wrong with a profile; undefined if it is valid. Members may be left out. */
export const profileProblem = (value: unknown): string | undefined =>
  isJsonObject(value)
    ? optionProblems('member', value, members)[0]
    : 'a profile is an object; attrflow target probe --out writes one'

/** Completes a profile with defaults. @param compliant the default form of `patch` */
export const completeProfile = (
  { patch, ...rest }: Partial<Omit<TargetProfile, 'patch'>> & { readonly patch?: Partial<PatchForm> },
  compliant = false,
): TargetProfile => ({
  ...classicProfile,
  ...rest,
  patch: { ...(compliant ? compliantForm : classicForm), ...patch },
})
