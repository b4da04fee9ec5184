import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const src = new URL('../../src', import.meta.url).pathname

/** Every source file by its path below src. */
export const readSources = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(src, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(src, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  )
