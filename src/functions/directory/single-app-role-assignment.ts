import { NULL, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { singleAppRoleAssignment } from '../runtime/directory.js'
import { roleAssignments } from './role-parameter.js'

export const SingleAppRoleAssignment: FunctionDefinition = defineFunction({
  name: 'SingleAppRoleAssignment',
  family: 'directory',
  parameters: [roleAssignments],
  returns: STRING | NULL,
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5008', 'AF5011'],
  evaluate: singleAppRoleAssignment,
})

export const SingleAppRoleAssignmentDocumentation: FunctionDocumentation = {
  doc: 'Gives the name of the one role that is assigned.',
  phrases: ['the name of the role in {source}'],
  notes: [
    {
      text: 'An assignment is text, or an object with a value or displayName.',
      source: 'semantics 26',
    },
    { text: 'More than one role is an error.', source: 'reference page' },
  ],
  examples: [
    {
      expression: 'SingleAppRoleAssignment([appRoleAssignments])',
      input: { appRoleAssignments: ['Editor'] },
      result: 'Editor',
    },
    {
      expression: 'SingleAppRoleAssignment([appRoleAssignments])',
      input: { appRoleAssignments: [{ displayName: 'Editor' }] },
      result: 'Editor',
    },
    {
      expression: 'SingleAppRoleAssignment([appRoleAssignments])',
      input: { appRoleAssignments: null },
      result: null,
    },
    {
      expression: 'SingleAppRoleAssignment([appRoleAssignments])',
      input: { appRoleAssignments: ['Editor', 'Reader'] },
      error: 'AF5011',
    },
  ],
}
