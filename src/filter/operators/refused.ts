import { defineRefusedOperator, type RefusedOperator } from '../define.js'

export const refusedOperators: readonly RefusedOperator[] = [
  defineRefusedOperator({
    name: 'IsMemberOf',
    portalLabel: 'IsMemberOf',
    arity: 'binary',
    doc: 'Whether the object is a member of a group. The portal lists it, but the service does not support it.',
    notes: [{ text: 'Listed, but documented as not supported.', source: 'Learn’s page on scoping filters' }],
    reason: 'the service lists it, but does not support it',
    hint: 'Assign the group to the application, or test an attribute that follows from the membership.',
  }),
  defineRefusedOperator({
    name: 'PRESENT',
    portalLabel: 'PRESENT',
    arity: 'unary',
    doc: 'Offered by the portal but not documented anywhere; by its name it tests for a value.',
    reason: 'its meaning is not documented',
    hint: 'Use IS NOT NULL.',
  }),
  defineRefusedOperator({
    name: 'VALID CERT MATCH',
    portalLabel: 'VALID CERT MATCH',
    arity: 'binary',
    doc: 'Offered by the portal but not documented anywhere; by its name it tests certificates.',
    reason: 'its meaning is not documented',
    hint: 'Test another attribute: certificates cannot be compared.',
  }),
]
