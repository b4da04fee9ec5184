import { createContext, runInContext } from 'node:vm'
import { chromium } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BrowserBundle, bundleForBrowsers } from './bundle.js'
import { browserRequired, chromiumFlags, chromiumPath } from './chromium.js'

/** Runs where the core is loaded as `attrflow`: a value, a value beyond ASCII, an error. */
const probe = `JSON.stringify([
  attrflow.compileExpression('Join(" ", [givenName], ToUpper([surname]))').evaluate({ givenName: 'Zoë', surname: 'Lindqvist' }),
  attrflow.compileExpression('NormalizeDiacritics([city])').evaluate({ city: 'Málaga' }),
  attrflow.compileExpression('Join(" ", [givenName]').diagnostics.map(({ severity }) => severity),
])`

const expectProbed = (json: unknown): void => {
  expect(JSON.parse(String(json))).toEqual([
    { kind: 'value', value: 'Zoë LINDQVIST' },
    { kind: 'value', value: 'Malaga' },
    ['error'],
  ])
}

let bundle: BrowserBundle
beforeAll(async () => {
  bundle = await bundleForBrowsers()
})

describe('the core in a browser', () => {
  it('leaves nothing to import', () => {
    expect(bundle.imports).toEqual([])
    expect(bundle.code).not.toMatch(/["']node:/)
  })

  it('evaluates where there is nothing but ECMAScript and forbids evaluating text', () => {
    const globals = createContext(
      { crypto, TextEncoder, TextDecoder },
      { codeGeneration: { strings: false, wasm: false } },
    )
    // Every page and worker calls its global object so.
    globals.self = globals
    runInContext(bundle.code, globals)
    expectProbed(runInContext(probe, globals))
  })

  it.skipIf(chromiumPath === undefined && !browserRequired)(
    'evaluates in Chromium under a strict policy',
    async () => {
      expect(chromiumPath, 'no browser on this machine').toBeDefined()
      const browser = await chromium.launch({ executablePath: chromiumPath!, args: chromiumFlags })
      try {
        const page = await browser.newPage()
        const faults: string[] = []
        page.on('pageerror', (error) => faults.push(error.message))
        const policy = "default-src 'none'; script-src 'unsafe-inline'"
        const scripts = [bundle.code, `document.title = ${probe}`].map(
          (code) => `<script>${inline(code)}</script>`,
        )
        await page.setContent(
          `<meta http-equiv="Content-Security-Policy" content="${policy}">${scripts.join('')}`,
        )
        expect(faults).toEqual([])
        expectProbed(await page.title())
      } finally {
        await browser.close()
      }
    },
  )
})

/** A program as the content of a script element. */
const inline = (code: string): string => code.replaceAll('</script', '<\\/script')
