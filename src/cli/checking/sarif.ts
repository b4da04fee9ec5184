import { adviceFor, catalogue } from '../../diagnostics/index.js'
import type { Diagnostic } from '../../index.js'
import { ruleIdOf, rules } from '../../lint/index.js'
import type { Checked } from './target.js'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

const PAGE = 'https://github.com/attrflow/attrflow/blob/main/docs/diagnostics.md'

/** How sure a finding is: errors are facts, what a rule of lint says is probable. */
const precisionOf = (code: Diagnostic['code']): string =>
  ruleIdOf(code) === undefined ? 'very-high' : 'high'

const ruleOf = (code: Diagnostic['code']): object => {
  const { severity, message, help } = catalogue[code]
  return {
    id: code,
    name: ruleIdOf(code) ?? code,
    shortDescription: { text: message },
    fullDescription: { text: rules.find((rule) => rule.code === code)?.rationale ?? `${message} ${help}` },
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
    ...(file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }),
    ...(logical === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: logical }] }),
  }
}

/** A path as a relative URI reference. */
const uriOf = (path: string): string =>
  encodeURI(path.replaceAll('\\', '/')).replace(/[?#]/g, encodeURIComponent)

/**
 * What stays the same when a file is edited elsewhere: the code, the place in the schema by names rather than lines, and the
 * text that is marked. GitHub recognises a finding by it.
 */
const fingerprintOf = ({ source, sourceText }: Checked, { code, span, path }: Diagnostic): string => {
  const text = sourceText.text.slice(span.start, Math.min(span.end, span.start + 200)).replace(/\s+/g, ' ')
  let hash = 0xcbf29ce484222325n
  for (const sign of JSON.stringify([source, code, path ?? '', text]))
    hash = BigInt.asUintN(64, (hash ^ BigInt(sign.codePointAt(0)!)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

/** The findings in SARIF 2.1.0, the interchange format of static analysis. */
export const sarifLog = (all: readonly Checked[], version?: string): object => {
  const codes = [...new Set(all.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort()
  const results = all.flatMap((checked) =>
    checked.diagnostics.map((d) => ({
      ruleId: d.code,
      ruleIndex: codes.indexOf(d.code),
      level: levels[d.severity],
      message: { text: `${d.message} ${adviceFor(d)}` },
      locations: [locationOf(checked, d)],
      partialFingerprints: { 'attrflow/v1': fingerprintOf(checked, d) },
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
            ...(version === undefined ? {} : { version, semanticVersion: version }),
            rules: codes.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
}
