import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export { attrflow, type Run, type World } from './run-here.js'

/** The values of an output that has JSON on every line. */
export const jsonLines = <Line>(out: string): readonly Line[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)

/** A directory that is removed after the tests of the file. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'attrflow-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  return directory
}
