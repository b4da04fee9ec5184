import { trimWhiteSpace } from '../dotnet/text/white-space.js'
import type { Domain } from '../functions/domain.js'
import { toLower, toUpper } from '../functions/runtime/text.js'
import { INTEGER, NULL, overlaps, within } from '../values/static-type.js'

const list = (texts: ReadonlySet<string>): string => {
  const shown = [...texts].slice(0, 4).map((text) => JSON.stringify(text))
  return shown.join(', ') + (texts.size > 4 ? ', …' : '')
}

/** The reason why no value of a domain has a certain text; undefined if one may. Null counts as "". */
export const whyNeverEqual = (domain: Domain, text: string): string | undefined => {
  if (text === '' && overlaps(domain.kinds, NULL)) return undefined
  const { texts } = domain
  if (texts?.size === 0) return undefined
  if (texts !== undefined && !texts.has(text)) return `the value is always one of ${list(texts)}`
  if (text.length > domain.maxLength)
    return `the value has at most ${domain.maxLength} characters, and this ${text.length}`
  if (domain.lower && toLower(text, undefined) !== text) return 'the value is in lower case'
  if (domain.upper && toUpper(text, undefined) !== text) return 'the value is in upper case'
  if (domain.trimmed && trimWhiteSpace(text) !== text) return 'the value has no white space at its ends'
  if (domain.ascii && /[^\0-\x7f]/.test(text)) return 'the value has ASCII characters only'
  if (within(domain.kinds, INTEGER | NULL) && overlaps(domain.kinds, INTEGER)) {
    if (!/^-?(?:0|[1-9]\d*)$/.test(text)) return 'the value is an integer'
    const number = Number(text)
    if (number < domain.least || number > domain.most)
      return `the value lies between ${domain.least} and ${domain.most}`
  }
  return undefined
}
