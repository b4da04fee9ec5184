import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answer, type RegexVector } from './vectors.js'

const load = (name: string): RegexVector[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/golden/${name}.json`, import.meta.url), 'utf8'))

describe.each(['regex_match', 'regex_replace'])('%s', (name) => {
  const vectors = load(name)

  it('has vectors', () => {
    expect(vectors.length).toBeGreaterThan(60)
  })

  it.each(vectors)('$id $input.pattern', (vector) => {
    for (const engine of ['any', 'matcher'] as const) {
      const { agrees, got } = answer(vector, engine)
      expect(agrees, `${engine}: ${JSON.stringify(got)} instead of ${JSON.stringify(vector.expected)}`).toBe(
        true,
      )
    }
  })
})
