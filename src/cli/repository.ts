import { dirname, join, relative, resolve, sep } from 'node:path'
import type { CliIo } from './io.js'

/** Whether a folder is the root of a git repository or a worktree (whose `.git` is a file). */
export const isRepository = async (io: CliIo, folder: string): Promise<boolean> =>
  (await io.files.kind(join(folder, '.git'))) !== 'absent'

/**
 * The path of a file from the root of its git repository, as GitHub names files, with forward slashes on
 * every system. Without a repository it is relative to the working folder.
 */
export const repositoryPath = async (io: CliIo, file: string): Promise<string> => {
  const { directory } = io.files
  const path = resolve(directory, file)
  let root = dirname(path)
  while (!(await isRepository(io, root))) {
    if (dirname(root) === root) {
      root = directory
      break
    }
    root = dirname(root)
  }
  return relative(root, path).split(sep).join('/')
}
