import { compileExpression } from 'attrflow'
import { compileMapping, flowingValues, mapObject } from 'attrflow/mapping'

const expression = compileExpression('Join(" ", [givenName], ToUpper([surname]))')
const mapping = compileMapping({
  synchronizationRules: [
    {
      objectMappings: [
        {
          sourceObjectName: 'User',
          targetObjectName: 'User',
          attributeMappings: [
            {
              targetAttributeName: 'userName',
              source: { type: 'Attribute', name: 'mail' },
              matchingPriority: 1,
            },
          ],
        },
      ],
    },
  ],
} as never)
const mapped = mapObject(mapping, { mail: 'ada@example.org' })
const outcome = expression.evaluate({ givenName: 'Ada', surname: 'Berg' })
document.title = JSON.stringify([
  outcome.kind === 'value' ? outcome.value : outcome.kind,
  mapped.outcome,
  [...flowingValues(mapped)],
])
