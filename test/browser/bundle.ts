import { rolldown } from 'rolldown'
import { bundlerInput } from '../../.config/bundler.mjs'

/** The core as one script for browsers that defines the global `attrflow`, and what it would still import. */
export interface BrowserBundle {
  readonly code: string
  readonly imports: readonly string[]
}

/** Bundles the public entry point as a user's bundler would for a page: no polyfill, nothing left outside. */
export const bundleForBrowsers = async (): Promise<BrowserBundle> => {
  const build = await rolldown({
    ...bundlerInput,
    input: new URL('../../src/index.ts', import.meta.url).pathname,
    platform: 'browser',
    // Without this, a module of Node would fail the build instead of being listed.
    external: /^node:/,
  })
  const { output } = await build.generate({ format: 'iife', name: 'attrflow', minify: true })
  await build.close()
  const [chunk, ...others] = output
  if (others.length > 0) throw new Error(`expected one script, found ${others.length + 1}`)
  return { code: chunk.code, imports: [...chunk.imports, ...chunk.dynamicImports] }
}
