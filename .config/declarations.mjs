import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

// Declarations are machine-written, so their imports have these forms alone.
const importForms = [
  /\bfrom ['"]([^'"]+)['"]/g,
  /\bimport\(['"]([^'"]+)['"]\)/g,
  /^import ['"]([^'"]+)['"]/gm,
]

/**
 * Deletes the declarations that no entry point reaches.
 * @param {string} folder where the declarations are
 * @param {string[]} entries files in it, such as `schema/index.d.ts`
 * @throws {Error} when a reached one needs a package: users would not have it
 */
export async function keepReachableDeclarations(folder, entries) {
  const reached = new Set(entries)
  for (const file of reached) {
    const text = await readFile(join(folder, file), 'utf8')
    for (const form of importForms) {
      for (const [, specifier] of text.matchAll(form)) {
        if (specifier.startsWith('.')) {
          reached.add(join(dirname(file), specifier.replace(/\.js$/, '.d.ts')))
        } else if (!specifier.startsWith('node:')) {
          throw new Error(`the public types need ${specifier}, through ${file}`)
        }
      }
    }
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile() && !reached.has(relative(folder, file))) await rm(file)
  }
}
