import { adviceFor, catalogue } from '../../diagnostics/index.js'
import type { Diagnostic } from '../../index.js'
import { ruleDocumentation, ruleIdOf, rules } from '../../lint/index.js'
import { shortDigest } from '../../text/short-digest.js'
import type { Checked } from './target.js'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

const PAGE = 'https://github.com/attrflow/attrflow/blob/main/docs/diagnostics.md'

/** The certainty of a finding: errors are facts, the findings of lint rules are probable. */
const precisionOf = (code: Diagnostic['code']): string =>
  ruleIdOf(code) === undefined ? 'very-high' : 'high'

const ruleOf = (code: Diagnostic['code']): object => {
  const { severity, message, help } = catalogue[code]
  const rule = rules.find((one) => one.code === code)
  return {
    id: code,
    name: ruleIdOf(code) ?? code,
    shortDescription: { text: message },
    fullDescription: {
      text: rule === undefined ? `${message} ${help}` : ruleDocumentation[rule.code].rationale,
    },
    help: { text: help, markdown: `${help} See [${code}](${PAGE}#${code.toLowerCase()}).` },
    helpUri: `${PAGE}#${code.toLowerCase()}`,
    defaultConfiguration: { level: levels[severity] },
    properties: {
      precision: precisionOf(code),
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  }
}

const locationOf = ({ file, sourceText }: Checked, { span, path }: Diagnostic): object => {
  const [start, end] = [sourceText.position(span.start), sourceText.position(span.end)]
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
  const logical = path ?? (file === undefined ? sourceText.text : undefined)
  return {
    ...(file === undefined
      ? {}
      : { physicalLocation: { artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' }, region } }),
    ...(logical === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: logical }] }),
  }
}

/** A path as a relative URI reference. */
const uriOf = (path: string): string => encodeURI(path).replace(/[?#]/g, encodeURIComponent)

/**
 * Stays the same when the file is edited elsewhere: the file, the code, the place in the schema by names
 * instead of lines, and the marked text.
 */
const fingerprintOf = (checked: Checked, diagnostic: Diagnostic): string => {
  const { start, end } = diagnostic.span
  const text = checked.sourceText.text.slice(start, Math.min(end, start + 200)).replace(/\s+/g, ' ')
  return shortDigest(JSON.stringify([checked.source, diagnostic.code, checked.placeOf(diagnostic), text]))
}

/**
 * The findings in SARIF 2.1.0, the interchange format of static analysis. Paths are relative to the root of
 * the repository.
 */
export const sarifLog = (all: readonly Checked[], version: string): object => {
  const codes = [...new Set(all.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort()
  const occurrences = new Map<string, number>()
  /** Numbers findings that are otherwise equal. */
  const numbered = (fingerprint: string): string => {
    const number = (occurrences.get(fingerprint) ?? 0) + 1
    occurrences.set(fingerprint, number)
    return `${fingerprint}:${number}`
  }
  const results = all.flatMap((checked) =>
    checked.diagnostics.map((d) => ({
      ruleId: d.code,
      ruleIndex: codes.indexOf(d.code),
      level: levels[d.severity],
      message: { text: `${d.message} ${adviceFor(d)}` },
      locations: [locationOf(checked, d)],
      partialFingerprints: { 'attrflow/v2': numbered(fingerprintOf(checked, d)) },
    })),
  )
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'attrflow',
            informationUri: 'https://github.com/attrflow/attrflow',
            version,
            semanticVersion: version,
            rules: codes.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
}
