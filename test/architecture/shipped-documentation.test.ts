import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { bundlerInput } from '../../.config/bundler.mjs'
import * as diagnostics from '../../src/diagnostics/index.js'
import * as functions from '../../src/functions/index.js'

/** A module that exports what the entry points do, bundled as they are shipped. */
const bundled = async (...paths: readonly string[]): Promise<{ code: string; exports: typeof Shipped }> => {
  const entry = paths.map(
    (path) => `export * from ${JSON.stringify(new URL(path, import.meta.url).pathname)}`,
  )
  const build = await rolldown({
    ...bundlerInput,
    plugins: [
      ...bundlerInput.plugins,
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? entry.join('\n') : null),
      },
    ],
    input: 'entry',
    platform: 'neutral',
  })
  const { output } = await build.generate({ format: 'esm' })
  await build.close()
  const { code } = output[0]
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  return { code, exports: await import(/* @vite-ignore */ url) }
}
declare const Shipped: typeof functions & typeof diagnostics

describe('what is shipped', () => {
  const texts = functions.standardLibrary
    .all()
    .map(functions.documented)
    .flatMap(({ doc, phrases = [], notes, parameters }) => [
      doc,
      ...phrases,
      ...notes.map(({ text }) => text),
      ...parameters.map((parameter) => parameter.doc),
    ])
    // Short ones may be words of the program.
    .filter((text) => text.length > 30 && !/[`"\\$]/.test(text))

  it('evaluates without documentation', async () => {
    const { code, exports } = await bundled('../../src/index.ts')
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => code.includes(text))).toEqual([])
    expect(code).toContain(diagnostics.catalogue.AF1002.message)
    expect(code).not.toContain(diagnostics.catalogue.AF1004.help)
    const { evaluate, ...join } = exports.standardLibrary.get('Join')!
    expect(Object.keys(join)).not.toContain('doc')
    expect(Object.keys(join.parameters[0]!)).not.toContain('doc')
    expect(evaluate!('-', 'a', 'b')).toBe('a-b')
  })

  it('has the same documentation as its declarations, for those who ask', async () => {
    const { code, exports } = await bundled('../../src/functions/index.ts', '../../src/diagnostics/index.ts')
    expect(texts.filter((text) => !code.includes(text))).toEqual([])
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
    for (const definition of functions.standardLibrary.all())
      expect(plain(exports.documented(exports.standardLibrary.get(definition.name)!))).toEqual(
        plain(functions.documented(definition)),
      )
    expect(exports.catalogue).toEqual(diagnostics.catalogue)
  })
})
