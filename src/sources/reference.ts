import { graphPlaces } from './shapes/graph.js'
import { shapes } from './shapes/index.js'

/** Attributes of schemas that systems name in ways of their own, in the order of the table. */
const probed = [
  ...Object.keys(graphPlaces).filter((name) => !/extensionAttribute(?:[2-9]|1\d)$/i.test(name)),
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'mailNickname',
  'accountEnabled',
  'department',
  'jobTitle',
  'companyName',
  'employeeId',
  'city',
  'country',
  'postalCode',
  'state',
  'streetAddress',
]

/** The page of the shapes: for every attribute of schemas, where each system has it. Derived from the declarations. */
export const shapeReference = (): string => {
  const names = [...new Set(probed)].sort((a, b) => a.localeCompare(b))
  const rows = names.flatMap((name) => {
    const places = shapes.map((shape) => shape.places(name).filter((place) => place !== name))
    if (places.every((list) => list.length === 0)) return []
    const cells = places.map((list) =>
      list.length === 0 ? '' : list.map((place) => `\`${place}\``).join(', '),
    )
    return [`| \`${name}\` | ${cells.join(' | ')} |`]
  })
  return [
    '# Where systems have the attributes of a schema',
    '',
    'Generated from the source shapes. A name that schema and system share is not listed, and an exact name always wins. What a',
    'run read by another name is said once; `--shape NAME` chooses a shape, `--shape none` switches them off.',
    '',
    ...shapes.map(({ name, title }) => `- \`${name}\`: ${title}`),
    '- `api`: Workday, SuccessFactors and others whose attributes have `apiExpressions` in the schema. The expressions are evaluated',
    '  (XPath without axes, JSONPath without `..`). In a flat report an attribute is also found under the last name of its expression.',
    '',
    `| attribute of the schema | ${shapes.map(({ name }) => name).join(' | ')} |`,
    `|---|${shapes.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n')
}
