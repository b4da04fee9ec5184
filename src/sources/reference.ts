import { foundIn, probedAttributes, probeOf } from './probe.js'
import { graphPlaces } from './shapes/graph.js'
import { shapes } from './shapes/index.js'

/** The table of the probe: for each format, the name from which each attribute is read. */
const probeTable = (): readonly string[] => {
  const forms = shapes.filter(({ name }) => probeOf(name) !== undefined)
  const rows = probedAttributes.map((attribute) => {
    const cells = forms.map((shape) => foundIn(shape, attribute))
    return `| \`${attribute}\` | ${cells.map((place) => (place === undefined ? '–' : `\`${place}\``)).join(' | ')} |`
  })
  const counts = forms.map(
    (shape) => probedAttributes.filter((attribute) => foundIn(shape, attribute) !== undefined).length,
  )
  return [
    `| attribute of the schema | ${forms.map(({ title }) => title).join(' | ')} |`,
    `|---|${forms.map(() => '---|').join('')}`,
    ...rows,
    `| found of ${probedAttributes.length} | ${counts.join(' | ')} |`,
  ]
}

/** Attributes for which systems have different names, in the order of the table. */
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

/**
 * The page of the shapes: the place of every schema attribute in each system. Generated from the
 * declarations.
 */
export const shapeReference = (): string => {
  const names = [...new Set(probed)].sort((a, b) => a.localeCompare(b))
  const rows = names.flatMap((name) => {
    const places = shapes.map((shape) => [...new Set(shape.places(name).filter((place) => place !== name))])
    if (places.every((list) => list.length === 0)) return []
    const cells = places.map((list) =>
      list.length === 0 ? '' : list.map((place) => `\`${place}\``).join(', '),
    )
    return [`| \`${name}\` | ${cells.join(' | ')} |`]
  })
  return [
    '# Where systems have the attributes of a schema',
    '',
    'Generated from the source shapes. An exact name always wins. What a run read by another name is said once; `--shape NAME`',
    'chooses a shape, `--shape none` switches them off.',
    '',
    ...shapes.map(({ name, title }) => `- \`${name}\`: ${title}`),
    '- `api`: Workday, SuccessFactors and others whose attributes have `apiExpressions` in the schema. The expressions are evaluated',
    '  (XPath without axes, JSONPath without `..`). In a report an attribute is also found under the last name of its expression, at the top or in a group.',
    '',
    '## What is found in each form',
    '',
    'The attributes of users that schemas read most, and the name from which each is read. A dash says that files of this form do',
    'not have it. The attributes of `scim` and `api` are paths of the schema itself, and LDIF and csvde have the names of the directory.',
    '',
    ...probeTable(),
    '',
    '## Every name that is tried',
    '',
    'A name that schema and system share is not listed.',
    '',
    `| attribute of the schema | ${shapes.map(({ name }) => name).join(' | ')} |`,
    `|---|${shapes.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n')
}
