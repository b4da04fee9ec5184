import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { standardLibrary } from '../../src/index.js'
import { grammarFiles } from '../../.config/grammar/files.js'

const folder = new URL('../../grammar/', import.meta.url)

describe('grammar/', () => {
  const files = grammarFiles()

  it('holds what generation yields, and nothing else', () => {
    const present = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('//', '/').split('/grammar/').at(-1))
    expect(present.sort()).toEqual([...files.keys()].sort())
    for (const [path, text] of files) expect(readFileSync(new URL(path, folder), 'utf8'), path).toBe(text)
  })

  it('has a diagram of every rule that loads nothing', () => {
    const gast = JSON.parse(readFileSync(new URL('expression.gast.json', folder), 'utf8')) as {
      name: string
    }[]
    expect(gast.map((rule) => rule.name)).toContain('argumentList')
    for (const { name } of gast) {
      const svg = readFileSync(new URL(`railroad/${name}.svg`, folder), 'utf8')
      expect(svg).toContain(`>${name}</text>`)
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|href|url\(/)
    }
  })

  it('tells the capabilities of the language: every function with its parameters, operator and constant', () => {
    const { operators, functions, constants } = JSON.parse(
      readFileSync(new URL('capabilities.json', folder), 'utf8'),
    ) as Record<'operators' | 'functions' | 'constants', Record<string, unknown>[]>
    expect(functions.map(({ name }) => name)).toEqual(standardLibrary.all().map(({ name }) => name))
    expect(functions.find(({ name }) => name === 'InStr')).toMatchObject({
      signature: 'InStr(value1, value2, start?, compareType?)',
      parameters: [{ required: true }, {}, { type: 'Integer', required: false }, { name: 'compareType' }],
    })
    expect(operators.map(({ symbol }) => symbol)).toEqual(['=', '<>', '<', '<=', '>', '>=', '&'])
    const names = constants.map(({ name }) => name)
    for (const name of ['True', 'NULL', 'IgnoreObjectFlow', 'vbTextCompare', 'UTF8']) expect(names).toContain(name)
  })

  it('names no token that only repairs use', () => {
    for (const [path, text] of files)
      if (!path.endsWith('tmLanguage.json')) expect(text, path).not.toContain('Invalid')
  })
})
