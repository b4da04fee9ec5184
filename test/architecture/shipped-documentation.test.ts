import { rolldown } from 'rolldown'
import { expect, it } from 'vitest'
import { bundlerInput } from '../../.config/bundler.mjs'
import * as functions from '../../src/functions/index.js'

const codeOf = async (path: string): Promise<string> => {
  const input = new URL(path, import.meta.url).pathname
  const build = await rolldown({ ...bundlerInput, input, platform: 'neutral' })
  const { output } = await build.generate({ format: 'esm' })
  await build.close()
  return output.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('\n')
}

it('gives generated modules a runtime without documentation', async () => {
  const texts = functions.standardLibrary
    .all()
    .map(functions.documented)
    .map(({ doc }) => doc)
    // Short ones may be words of the program; others are written with escapes.
    .filter((text) => text.length > 30 && !/[`"'\\$]/.test(text))
  expect(texts.length).toBeGreaterThan(30)
  const [runtime, all] = await Promise.all([
    codeOf('../../src/runtime/index.ts'),
    codeOf('../../src/functions/index.ts'),
  ])
  expect(texts.filter((text) => runtime.includes(text))).toEqual([])
  expect(texts.filter((text) => !all.includes(text))).toEqual([])
})
