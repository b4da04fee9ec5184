import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'

const docs = new URL('../../docs/', import.meta.url)

describe('the samples in YAML and JSON', () => {
  it('can be parsed', () => {
    const faults: string[] = []
    let samples = 0
    for (const page of readdirSync(docs).filter((name) => name.endsWith('.md')))
      for (const [, sample = ''] of readFileSync(new URL(page, docs), 'utf8').matchAll(
        /^```(?:yaml|json)\n([\s\S]*?)^```/gm,
      )) {
        samples++
        for (const { message } of parseDocument(sample).errors) faults.push(`${page}: ${message}`)
      }
    expect(faults).toEqual([])
    expect(samples).toBeGreaterThan(10)
  })
})
