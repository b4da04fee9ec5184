import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { generateMappingModule } from '../../src/codegen.js'
import { evaluateModule } from '../plan/codegen/load.js'
import { compileFirst, exampleSchema } from '../plan/codegen/mapping-of.js'
import { atLength } from '../support/at-length.js'
import { blocksOf, readPage, runSamples } from './samples.js'

const load = async (module: string): Promise<unknown> => {
  if (module === './mapping.mjs')
    return evaluateModule(
      generateMappingModule(compileFirst(JSON.parse(exampleSchema('entra-to-scim'))), { decisions: true })
        .module!.code,
    )
  if (module.startsWith('node:')) return import(/* @vite-ignore */ module)
  const entry = Object.entries(manifest.exports).find(
    ([path]) => path.replace(/^\./, 'attrflow') === module,
  )?.[1]
  if (typeof entry !== 'object') throw new TypeError(`the sample imports ${module}, which is no entry point`)
  const source = entry.types.replace('./dist/types/', '../../src/').replace('.d.ts', '.ts')
  return import(new URL(source, import.meta.url).href)
}

describe('the samples of', () => {
  it.each([['README.md'], ['docs/own-functions.md'], ['docs/embedding.md']])(
    '%s run and give what they state',
    // 100,000 users take 6 seconds of one core where tests run at length.
    { timeout: 180_000 },
    async (page) => {
      const stated: string[] = []
      const blocks = blocksOf(readPage(page), 'js', 'ts')
      // The population of the page in full only where tests run at length.
      const shorter = (code: string): string =>
        code.replace(/100_000|100000|60_000/g, '2000').replaceAll('50_0', '1_0')
      await runSamples(atLength ? blocks : blocks.map(shorter), {
        load,
        check: (expression, found, result) => {
          stated.push(expression)
          expect(found, expression).toEqual(result)
        },
      })
      expect(stated.length, 'results stated').toBeGreaterThan(1)
    },
  )
})
