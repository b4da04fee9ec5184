import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CliIo } from './io.js'

/** The files in a folder and those below it whose names fit, in the order of their paths; packages are left out. */
export const filesBelow = async (
  io: CliIo,
  folder: string,
  fits: (name: string) => boolean,
): Promise<readonly string[]> => {
  const root = resolve(io.files.directory, folder)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && fits(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(folder, join(entry.parentPath, entry.name).slice(root.length + 1)))
    .sort()
}
