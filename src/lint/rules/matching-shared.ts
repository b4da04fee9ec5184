import type { Domain } from '../../functions/domain.js'
import { defineRule, type Rule } from '../define.js'

/**
 * Attributes whose values many people share, by their names in Entra, Active Directory and HR systems; lower
 * case.
 */
const shared: ReadonlySet<string> = new Set([
  'accountenabled',
  'active',
  'approleassignments',
  'c',
  'city',
  'co',
  'company',
  'companyname',
  'costcenter',
  'country',
  'department',
  'departmentnumber',
  'division',
  'employeetype',
  'givenname',
  'firstname',
  'jobtitle',
  'l',
  'lastname',
  'location',
  'manager',
  'office',
  'officelocation',
  'organization',
  'physicaldeliveryofficename',
  'postalcode',
  'preferredlanguage',
  'sn',
  'st',
  'state',
  'streetaddress',
  'surname',
  'title',
  'usagelocation',
  'usertype',
])

/** A constant, or one of a few texts in the expression itself. */
const isListed = ({ texts, kinds }: Domain): boolean => kinds !== 0 && texts !== undefined && texts.size > 0

export const matchingShared: Rule = defineRule({
  id: 'matching-shared',
  code: 'AF9312',
  scope: 'mapping',
  run({ expression, mapping }, report) {
    if (expression === undefined || mapping.matchingPriority <= 0) return
    const { attributes } = expression.analyzed
    const listed = isListed(expression.analysis.domain)
    const common = attributes.length > 0 && attributes.every((name) => shared.has(name.toLowerCase()))
    if (!listed && !common) return
    const what = listed
      ? 'one of a few fixed texts'
      : `made of ${attributes.map((name) => `[${name}]`).join(' and ')}`
    report('source', { target: mapping.targetAttributeName, what })
  },
})
