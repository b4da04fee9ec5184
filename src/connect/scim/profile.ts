import { classicForm, compliantForm, type PatchForm } from '../../scim/patch-form.js'
import { isJsonObject } from '../../values/json-object.js'
import type { UpdateMethod } from './replace.js'

/**
 * How a SCIM service deviates from Entra's default requests: found by `attrflow target probe`, or written by
 * hand.
 */
export interface TargetProfile {
  readonly version: 1
  /** How objects are updated. */
  readonly update: UpdateMethod
  /** How members of groups are added and removed. */
  readonly updateMembers: UpdateMethod
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
  update: 'patch',
  updateMembers: 'patch',
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

/** The values of `update` and `updateMembers`. */
export const updateMethods: readonly UpdateMethod[] = ['patch', 'put', 'attributes']

const updateProblem =
  (name: string) =>
  (one: unknown): string | undefined =>
    (updateMethods as readonly unknown[]).includes(one)
      ? undefined
      : `${name} must be ${updateMethods.join(' or ')}`

const isNames = (one: unknown): boolean => Array.isArray(one) && one.every((name) => typeof name === 'string')

const isCount = (one: unknown): boolean => Number.isInteger(one) && Number(one) > 0

/** Returns what is wrong with a profile; undefined if it is valid. Members may be left out. */
export const profileProblem = (value: unknown): string | undefined => {
  if (!isJsonObject(value)) return 'a profile is an object; attrflow target probe --out writes one'
  const checks: Readonly<Record<keyof TargetProfile, (one: unknown) => string | undefined>> = {
    version: (one) => (one === 1 ? undefined : 'version must be 1'),
    update: updateProblem('update'),
    updateMembers: updateProblem('updateMembers'),
    patch: patchProblem,
    refused: (one) => (isNames(one) ? undefined : 'refused must be a list of target attributes'),
    dropped: (one) => (isNames(one) ? undefined : 'dropped must be a list of target attributes'),
    membersPerRequest: (one) =>
      isCount(one) ? undefined : 'membersPerRequest must be a whole number above 0',
    paging: (one) => (one === 'index' || one === 'cursor' ? undefined : 'paging must be index or cursor'),
    pageSize: (one) => (isCount(one) ? undefined : 'pageSize must be a whole number above 0'),
  }
  for (const [name, one] of Object.entries(value)) {
    if (!Object.hasOwn(checks, name))
      return `a profile has no member ${JSON.stringify(name)}; the known names are ${Object.keys(checks).join(', ')}`
    const problem = checks[name as keyof TargetProfile](one)
    if (problem !== undefined) return problem
  }
  return undefined
}

const patchProblem = (value: unknown): string | undefined => {
  if (!isJsonObject(value)) return 'patch must be an object'
  for (const [name, one] of Object.entries(value)) {
    if (!Object.hasOwn(patchChoices, name))
      return `patch has no member ${JSON.stringify(name)}; the known names are ${Object.keys(patchChoices).join(', ')}`
    const choices: readonly unknown[] = patchChoices[name as keyof PatchForm]
    if (!choices.includes(one)) return `patch.${name} must be ${choices.join(' or ')}`
  }
  return undefined
}

/** Completes a profile with defaults. @param compliant the default form of `patch` */
export const completeProfile = (
  { patch, ...rest }: Partial<Omit<TargetProfile, 'patch'>> & { readonly patch?: Partial<PatchForm> },
  compliant = false,
): TargetProfile => ({
  ...classicProfile,
  ...rest,
  patch: { ...(compliant ? compliantForm : classicForm), ...patch },
})
