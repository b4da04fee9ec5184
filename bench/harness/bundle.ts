import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type InputOptions, type Plugin, rolldown } from 'rolldown'

/** Where the benchmarks and the library are, and where another revision of the library is. */
export interface Places {
  /** The root of the project. */
  readonly root: string
  /** The root of the revision to measure; the benchmarks themselves are always those of `root`. */
  readonly revision: string
}

/** Bundles are of this run alone: another one at the same time may measure another state of the sources. */
const folderOf = (root: string): string =>
  join(root, 'bench/node_modules/.cache/attrflow', String(process.pid))

/** Removes the bundles of this run. */
export const removeBundles = (root: string): Promise<void> =>
  rm(folderOf(root), { recursive: true, force: true })

/** How a revision is bundled for distribution. It is loaded from where it is, for it finds files beside it. */
const distributionOf = async (revision: string): Promise<InputOptions & { readonly plugins?: Plugin[] }> =>
  (await import(pathToFileURL(join(revision, '.config/bundler.mjs')).href)).bundlerInput

/**
 * Bundles a script of the benchmarks with the library as it is distributed: minified, in one file. It ends up
 * below `bench/node_modules`, where the other engines are found.
 * @returns the file
 */
export const bundle = async (entry: string, label: string, { root, revision }: Places): Promise<string> => {
  const dir = join(folderOf(root), label)
  await mkdir(dir, { recursive: true })
  const distribution = await distributionOf(revision)
  const build = await rolldown({
    ...distribution,
    cwd: revision,
    input: join(root, 'bench', entry),
    platform: 'node',
    external: ['benny', /^node:/],
    plugins: [
      ...(revision === root ? [] : [takeLibraryFrom({ root, revision })]),
      ...(distribution.plugins ?? []),
    ],
  })
  const file = `${entry.replace(/\W+/g, '-')}.mjs`
  await build.write({ dir, format: 'esm', minify: true, entryFileNames: file })
  await build.close()
  return join(dir, file)
}

/** Reads everything below `src` from the other revision. */
const takeLibraryFrom = ({ root, revision }: Places): Plugin => ({
  name: 'library-of-revision',
  async resolveId(id, importer) {
    if (!id.startsWith('.') || importer === undefined) return null
    const found = await this.resolve(id, importer, { skipSelf: true })
    const source = join(root, 'src/')
    return found?.id.startsWith(source) === true
      ? { id: join(revision, 'src', found.id.slice(source.length)) }
      : null
  },
})
