import { LIST } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { appRoleAssignments } from '../runtime/directory.js'
import { roleAssignments } from './role-parameter.js'

export const AppRoleAssignments: FunctionDefinition = defineFunction({
  name: 'AppRoleAssignments',
  family: 'directory',
  parameters: [roleAssignments],
  returns: LIST,
  dialects: [],
  errors: ['AF5008'],
  evaluate: appRoleAssignments,
})

export const AppRoleAssignmentsDocumentation: FunctionDocumentation = {
  doc: 'Gives the names of all roles that are assigned.',
  phrases: ['the names of the roles in {source}'],
  notes: [
    {
      text: 'It is in the function list of Graph, but not on a reference page.',
      source: 'Graph function list',
    },
  ],
  examples: [
    {
      expression: 'AppRoleAssignments([appRoleAssignments])',
      input: { appRoleAssignments: [{ value: 'e', displayName: 'Editor' }, 'Reader'] },
      result: ['e', 'Reader'],
    },
    {
      expression: 'AppRoleAssignments([appRoleAssignments])',
      input: { appRoleAssignments: null },
      result: null,
    },
    {
      expression: 'AppRoleAssignments([appRoleAssignments])',
      input: { appRoleAssignments: [['x']] },
      error: 'AF5008',
    },
  ],
}
