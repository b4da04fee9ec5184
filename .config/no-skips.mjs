// Fails when a report of the tests (vitest's JSON) lists a test that did not run: node .config/no-skips.mjs REPORT
import { readFileSync } from 'node:fs'

const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const tests = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ fullName, status }) => ({ name: `${name}: ${fullName}`, status })),
)
const notRun = tests.filter(({ status }) => status !== 'passed')
if (tests.length === 0 || notRun.length > 0) {
  console.error(`of ${tests.length} tests, these did not run:`)
  for (const { name, status } of notRun) console.error(`  ${name} (${status})`)
  process.exitCode = 1
} else {
  console.log(`all ${tests.length} tests ran`)
}
