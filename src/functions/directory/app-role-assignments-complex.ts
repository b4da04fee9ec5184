import { LIST } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { appRoleAssignmentsComplex } from '../runtime/directory.js'
import { roleAssignments } from './role-parameter.js'

export const AppRoleAssignmentsComplex: FunctionDefinition = defineFunction({
  name: 'AppRoleAssignmentsComplex',
  family: 'directory',
  parameters: [roleAssignments],
  returns: LIST,
  dialects: ['provisioning'],
  patchOperation: 'add',
  errors: ['AF5008', 'AF5012'],
  evaluate: appRoleAssignmentsComplex,
})

export const AppRoleAssignmentsComplexDocumentation: FunctionDocumentation = {
  doc: 'Gives all roles that are assigned, each as JSON text. In the target they are added to those already there.',
  phrases: ['the roles in {source} as JSON, added in the target'],
  notes: [
    { text: 'A PATCH request sends them with the operation add.', source: 'reference page' },
    { text: 'It does not work with the scope of all users and groups.', source: 'reference page' },
  ],
  examples: [
    {
      expression: 'AppRoleAssignmentsComplex([appRoleAssignments])',
      input: { appRoleAssignments: [{ id: '1', value: 'e', displayName: 'Editor' }] },
      result: ['{"id":"1","value":"e","displayName":"Editor"}'],
    },
    {
      expression: 'AppRoleAssignmentsComplex([appRoleAssignments])',
      input: { appRoleAssignments: null },
      result: null,
    },
    {
      expression: 'AppRoleAssignmentsComplex([appRoleAssignments])',
      input: { appRoleAssignments: [['x']] },
      error: 'AF5008',
    },
  ],
}
