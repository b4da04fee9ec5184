import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { shown } from '../text/shown.js'
import { globOf } from './glob.js'
import { type CliIo, cannotRead, UsageError } from './io.js'

/** All files below a folder, and the folders, with the folder itself. Packages and hidden folders are skipped. */
const walk = async (
  io: CliIo,
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> => {
  const files: string[] = []
  const folders: string[] = []
  const visit = async (below: string): Promise<void> => {
    const entries: Dirent[] = await readdir(resolve(io.files.directory, below), {
      withFileTypes: true,
    }).catch((error) => {
      throw cannotRead(below, error)
    })
    folders.push(below)
    for (const entry of entries) {
      const path = join(below, entry.name)
      if (entry.isFile()) files.push(path)
      else if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
        await visit(path)
    }
  }
  await visit(folder)
  return { files, folders }
}

/**
 * The files in a folder and its subfolders whose paths match, in order. Packages and hidden folders are
 * skipped, unless the folder itself is one.
 */
export const filesBelow = async (
  io: CliIo,
  folder: string,
  fits: (path: string) => boolean,
): Promise<readonly string[]> => (await walk(io, folder)).files.filter((path) => fits(path)).sort()

/** The folders that `expandArguments` searches: none for a file. */
export const foldersSearched = async (io: CliIo, args: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = []
  for (const argument of args) {
    const folder = globOf(argument, sep === '\\')?.folder ?? argument
    if ((await io.files.kind(folder)) === 'directory') found.push(...(await walk(io, folder)).folders)
  }
  return found.sort()
}

/** What a command looks for in a folder. */
export interface FolderSearch {
  /** Describes the files, for the message if there are none: `tests (files that end in .test.yaml)`. */
  readonly wanted: string
  /** What their paths must match. The next pattern is used only if no path matches the previous one. */
  readonly patterns: readonly RegExp[]
}

const filesInFolder = async (
  io: CliIo,
  folder: string,
  { patterns }: FolderSearch,
): Promise<readonly string[]> => {
  for (const pattern of patterns) {
    const files = await filesBelow(io, folder, (path) => pattern.test(path))
    if (files.length > 0) return files
  }
  return []
}

/**
 * Expands arguments: a pattern to the files that match it, a folder to the files that the command looks for
 * there. Every other argument stays as it is. A folder without such files is passed over if the other
 * arguments have some.
 * @throws {UsageError} if a pattern matches nothing, or nothing is found at all
 */
export const expandArguments = async (
  io: CliIo,
  args: readonly string[],
  search: FolderSearch,
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const argument of args) {
    const isFolder = argument !== '-' && (await io.files.kind(argument)) === 'directory'
    const files = isFolder ? await filesInFolder(io, argument, search) : await filesOfPattern(io, argument)
    found.push(...(files ?? [argument]))
  }
  if (found.length === 0 && args.length > 0)
    throw new UsageError(`${args.map(shown).join(', ')} has no ${search.wanted}`)
  return found
}

/** The files that match an argument if it is a pattern with `*` or `?`, for shells that do not expand it. */
const filesOfPattern = async (io: CliIo, argument: string): Promise<readonly string[] | undefined> => {
  const glob = globOf(argument, sep === '\\')
  if (glob === undefined || (await io.files.kind(argument)) !== 'absent') return undefined
  const isFolder = (await io.files.kind(glob.folder)) === 'directory'
  const files = isFolder ? await filesBelow(io, glob.folder, glob.fits) : []
  if (files.length === 0) throw new UsageError(`no file matches the pattern ${shown(argument)}`)
  return files
}
