import { annotation } from '../text/annotation.js'
import { requireList } from '../values/misuse.js'
import { differenceText } from './differences.js'
import type { TestResult } from './run-test-file.js'
import type { TestFileProblem } from './test-file.js'

/** The results of one file. */
export interface FileResults {
  readonly file: string
  readonly results: readonly TestResult[]
  /** Why the file could not be read. */
  readonly problems?: readonly TestFileProblem[]
}

/** Why a case failed, one reason on each line. */
export const failureLines = ({ problem, differences }: TestResult): readonly string[] => [
  ...(problem === undefined ? [] : [problem]),
  ...differences.map(differenceText),
]

const failed = ({ status }: TestResult): boolean => status === 'failed'

const requireFiles = (files: readonly FileResults[]): readonly FileResults[] => {
  requireList(files, 'results of test files')
  return files
}

/** Test Anything Protocol, version 14. */
export const tapReport = (files: readonly FileResults[]): string => {
  requireFiles(files)
  const points = files.flatMap(({ file, results, problems = [] }) => [
    ...problems.map(({ message }) => ({ name: file, ok: false, lines: [message] })),
    ...results.map((result) => ({
      name: `${file}: ${result.name}`,
      ok: !failed(result),
      lines: failureLines(result),
    })),
  ])
  const safe = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/#/g, '\\#')
  const lines = points.flatMap(({ name, ok, lines: why }, index) => [
    `${ok ? 'ok' : 'not ok'} ${index + 1} - ${safe(name)}`,
    ...(ok ? [] : ['  ---', `  message: ${JSON.stringify(why.join('; '))}`, '  ...']),
  ])
  return `TAP version 14\n1..${points.length}\n${lines.join('\n')}${lines.length === 0 ? '' : '\n'}`
}

const xml = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ufffd]/g, '\ufffd').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** JUnit XML for continuous integration. Names are those of the cases, without anything that varies. */
export const junitReport = (files: readonly FileResults[]): string => {
  requireFiles(files)
  const suites = files.map(({ file, results, problems = [] }) => {
    const cases = [
      ...problems.map(({ message }) => ({ name: 'the file', lines: [message], ok: false })),
      ...results.map((result) => ({ name: result.name, lines: failureLines(result), ok: !failed(result) })),
    ]
    const count = cases.filter(({ ok }) => !ok).length
    const body = cases.map(({ name, lines, ok }) => {
      const open = `    <testcase name="${xml(name)}" classname="${xml(file)}"`
      return ok
        ? `${open}/>`
        : `${open}>\n      <failure message="${xml(lines[0] ?? 'failed')}">${xml(lines.join('\n'))}</failure>\n    </testcase>`
    })
    return [
      `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${count}">`,
      ...body,
      '  </testsuite>',
    ].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`
}

/** Annotations of GitHub's workflows, one for each failure, at the line of its case. */
export const githubReport = (files: readonly FileResults[]): string =>
  requireFiles(files)
    .flatMap(({ file, results, problems = [] }) => [
      ...problems.map(({ message, line }) => annotation('error', { file, line }, message)),
      ...results
        .filter(failed)
        .map((result) =>
          annotation(
            'error',
            { file, line: result.line, title: result.name },
            failureLines(result).join('\n'),
          ),
        ),
    ])
    .join('')
