import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages } from '../../.config/pages.mjs'
import manifest from '../../package.json' with { type: 'json' }
import { globalOptions } from '../../src/cli/arguments.js'
import { allCommands } from '../../src/cli/commands/index.js'

const documents = [
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...['README.md', 'CONTRIBUTING.md', '.github/SECURITY.md', 'docs/examples/README.md'],
]

const read = (path: string): string => readFileSync(path, 'utf8')

/** The text without blocks and spans of code, in which nothing is a link. */
const prose = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

/** The README of the package links what the package does not hold. */
const repository =
  /https:\/\/(?:github\.com\/attrflow\/attrflow\/blob|raw\.githubusercontent\.com\/attrflow\/attrflow)\/main\//g

/** The anchors of headings as GitHub makes them. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set([
    ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id!),
    ...[...text.matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  ])

const commands = await allCommands()

describe('the documentation', () => {
  it('has every page in the navigation of the site', () => {
    const listed = Object.values(pages)
      .flat()
      .map((page) => `docs/${page}.md`)
    const written = documents.filter((path) => /^docs\/[\w-]+\.md$/.test(path) && path !== 'docs/index.md')
    expect([...listed].sort()).toEqual(written.sort())
  })

  it('reaches every page from its start', () => {
    const start = read('docs/index.md')
    const linked = new Set([...start.matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, page]) => page))
    expect(
      Object.values(pages)
        .flat()
        .filter((page) => !linked.has(page)),
    ).toEqual([])
  })

  it('names tests that there are beside every promise of security', () => {
    const text = read('.github/SECURITY.md')
    const promises = text.split('\n## What is promised\n')[1]!.split('\n## ')[0]!
    const rows = promises
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(1)
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const tests = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!)
      expect([row, tests.length > 0, tests.filter((path) => !existsSync(path))]).toEqual([row, true, []])
    }
  })

  it.each(documents)('%s leads nowhere that is not there', (path) => {
    const text = prose(read(path)).replaceAll(repository, '')
    const broken = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => {
        const [file = '', anchor] = link.split('#')
        const target = file === '' ? path : join(dirname(path), file)
        if (!existsSync(target)) return true
        return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).has(anchor)
      })
    expect(broken).toEqual([])
  })

  it.each(documents)('%s shows commands that there are, with options that they take', (path) => {
    const blocks = [...read(path).matchAll(/```(?:sh|console|yaml|text|powershell)\n([\s\S]*?)```/g)]
    const lines = blocks
      .flatMap(([, block]) => block!.replaceAll(/\\\n\s*/g, ' ').split('\n'))
      .map((line) =>
        /(?:^|[\s;|&])(?:npx )?attrflow ((?:[a-z]|-).*)$/.exec(line)?.[1]?.replace(/\s+#.*$/, ''),
      )
      .filter((line) => line !== undefined)
    const wrong = lines.filter((line) => {
      const words = line.replace(/'[^']*'|"[^"]*"/g, 'TEXT').split(/\s+/)
      const name = words.find((word) => /^[a-z]/.test(word))
      const options = words.flatMap((word) => /^\[?--([a-z][\w-]*)/.exec(word)?.[1] ?? [])
      const command = commands.find((one) => one.name === name)
      if (command === undefined && name !== 'help' && name !== undefined) return true
      const known = { ...command?.options, ...globalOptions }
      return options.some((option) => !Object.hasOwn(known, option))
    })
    expect(wrong).toEqual([])
  })

  it('links from the README only what the package holds, or the repository', () => {
    const packed = [...manifest.files, 'README.md', 'LICENSE']
    const links = [...prose(read('README.md')).matchAll(/\]\((?!https:)([^)\s#]+)/g)].map(([, link]) => link!)
    expect(links.filter((link) => !packed.some((path) => link.startsWith(path)))).toEqual([])
  })
})
