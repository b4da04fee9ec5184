import { catalogue, type DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { closest } from '../text/suggest.js'
import { jsonForMessage } from '../values/json-for-message.js'
import { isJsonObject } from '../values/json-object.js'
import { Misuse, requireList } from '../values/misuse.js'
import { filterRules } from './filter-rules.js'
import { rules } from './rules/index.js'

/** The treatment of a rule's findings. */
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

/** The id of the rule that reports a code; undefined for codes that checking reports. */
export const ruleIdOf = (code: DiagnosticCode): string | undefined => idsByCode.get(code)

/** The code of a rule id, or the code itself; undefined if it is neither. */
export const codeNamed = (name: string): DiagnosticCode | undefined =>
  codesById.get(name) ?? (Object.hasOwn(catalogue, name) ? (name as DiagnosticCode) : undefined)

/** Everything that can have a level: rule ids, and the codes of warnings and infos without a rule. */
export const configurableNames = (): readonly string[] => [
  ...codesById.keys(),
  ...(Object.keys(catalogue) as DiagnosticCode[]).filter(
    (code) => catalogue[code].severity !== 'error' && !idsByCode.has(code),
  ),
]

/** The faults of levels from a file or the command line; none means that they are usable. */
export const levelProblems = (value: unknown): readonly string[] => {
  if (!isJsonObject(value)) return ['rules must be an object of levels, such as {"iif-null-test": "off"}']
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
      ? [`${name} is an error, whose level cannot change`]
      : []
  })
}

/** Applies the levels to findings: sets severities, and removes findings that are off. Errors stay errors. */
export const applyLevels = (diagnostics: readonly Diagnostic[], chosen: Levels): readonly Diagnostic[] => {
  requireList(diagnostics, 'diagnostics')
  if (!isJsonObject(chosen)) throw new Misuse('expected levels by the names of rules')
  const byCode = new Map(Object.entries(chosen).map(([name, level]) => [codeNamed(name), level]))
  return diagnostics.flatMap((d) => {
    const level = byCode.get(d.code)
    if (level === undefined || d.severity === 'error') return [d]
    return level === 'off' ? [] : [{ ...d, severity: level }]
  })
}
