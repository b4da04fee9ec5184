import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const imports = /(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g

/** Bytes of a built entry point and everything it loads, each file minified and gzipped. */
export const gzippedSize = async (dist: string, entry: string): Promise<number> => {
  const files = new Set([join(dist, entry)])
  let size = 0
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    size += gzipSync(text, { level: 9 }).length
    for (const [, specifier] of text.matchAll(imports)) files.add(join(file, '..', specifier!))
  }
  return size
}

/** Bytes of the same in one file, as the bundler of a page makes it: minified and gzipped. */
export const bundledSize = async (dist: string, entry: string): Promise<number> => {
  const build = await rolldown({ input: join(dist, entry), platform: 'browser' })
  const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false })
  await build.close()
  return gzipSync(output[0].code, { level: 9 }).length
}
