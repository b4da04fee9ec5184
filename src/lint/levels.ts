import { catalogue, type DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { closest } from '../text/suggest.js'
import { jsonForMessage } from '../values/json-for-message.js'
import { filterRules } from './filter-rules.js'
import { rules } from './rules/index.js'

/** How findings of a rule are treated. */
export type Level = 'off' | 'info' | 'warning' | 'error'

export const levels: readonly Level[] = ['off', 'info', 'warning', 'error']

/** Levels by rule id, or by diagnostic code. */
export type Levels = Readonly<Record<string, Level>>

const idsByCode: ReadonlyMap<DiagnosticCode, string> = new Map(
  [...rules, ...filterRules].map(({ code, id }) => [code, id]),
)
const codesById: ReadonlyMap<string, DiagnosticCode> = new Map(
  [...rules, ...filterRules].map(({ code, id }) => [id, code]),
)

/** The id of the rule that reports a code; undefined for what checking reports. */
export const ruleIdOf = (code: DiagnosticCode): string | undefined => idsByCode.get(code)

/** The code that a rule id or a code stands for; undefined for neither. */
export const codeNamed = (name: string): DiagnosticCode | undefined =>
  codesById.get(name) ?? (Object.hasOwn(catalogue, name) ? (name as DiagnosticCode) : undefined)

/** Everything a level can be set for: rule ids, and the codes of warnings and infos that have none. */
export const configurableNames = (): readonly string[] => [
  ...codesById.keys(),
  ...(Object.keys(catalogue) as DiagnosticCode[]).filter(
    (code) => catalogue[code].severity !== 'error' && !idsByCode.has(code),
  ),
]

/** What is wrong with levels that come from a file or the command line; nothing means that they are usable. */
export const levelProblems = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return ['rules must be an object of levels, such as {"iif-null-test": "off"}']
  return Object.entries(value).flatMap(([name, level]) => {
    const code = codeNamed(name)
    if (code === undefined) {
      const near = closest(name, configurableNames())
      return [
        `there is no rule ${name}; ${near === undefined ? 'attrflow rules lists them' : `did you mean ${near}?`}`,
      ]
    }
    if (!levels.includes(level as Level))
      return [`${name} takes ${levels.join(', ')}, not ${jsonForMessage(level)}`]
    return catalogue[code].severity === 'error' && level !== 'error'
      ? [`${name} is an error, which cannot be made less`]
      : []
  })
}

/** Gives findings the severity that the levels say, and leaves out what is off. Errors stay errors. */
export const applyLevels = (diagnostics: readonly Diagnostic[], chosen: Levels): readonly Diagnostic[] => {
  const byCode = new Map(Object.entries(chosen).map(([name, level]) => [codeNamed(name), level]))
  return diagnostics.flatMap((d) => {
    const level = byCode.get(d.code)
    if (level === undefined || d.severity === 'error') return [d]
    return level === 'off' ? [] : [{ ...d, severity: level }]
  })
}
