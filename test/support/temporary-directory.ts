import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const directories: string[] = []

/** A directory that is removed after the tests of the file. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'attrflow-'))
  directories.push(directory)
  return directory
}

/** Removes what the tests of a file made; called by the setup of every file, because a hook of a test is never run. */
export const removeTemporaryDirectories = (): void => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
}
