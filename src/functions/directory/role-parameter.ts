import type { ParameterDeclaration } from '../define.js'

/** The argument of the functions about app roles: the assignments of an object, which are references. */
export const roleAssignments: ParameterDeclaration = {
  name: 'source',
  type: 'Any',
  takesLists: true,
  takesReferences: true,
  doc: 'The attribute [appRoleAssignments].',
}
