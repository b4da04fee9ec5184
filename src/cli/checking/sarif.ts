import { adviceFor, catalogue } from '../../diagnostics/index.js'
import type { Diagnostic } from '../../index.js'
import { ruleIdOf } from '../../lint/index.js'
import type { Checked } from './target.js'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

const ruleOf = (code: Diagnostic['code']): object => {
  const { severity, message, help } = catalogue[code]
  return {
    id: code,
    name: ruleIdOf(code) ?? code,
    shortDescription: { text: message },
    help: { text: help },
    defaultConfiguration: { level: levels[severity] },
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

/** The findings in SARIF 2.1.0, the interchange format of static analysis. */
export const sarifLog = (all: readonly Checked[]): object => {
  const codes = [...new Set(all.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort()
  const results = all.flatMap((checked) =>
    checked.diagnostics.map((d) => ({
      ruleId: d.code,
      ruleIndex: codes.indexOf(d.code),
      level: levels[d.severity],
      message: { text: `${d.message} ${adviceFor(d)}` },
      locations: [locationOf(checked, d)],
    })),
  )
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'attrflow', rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
}
