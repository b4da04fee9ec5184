import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPage } from '../../.config/build-page.mjs'
import { servePreview } from '../../src/serve/preview-server.js'

const folder = mkdtempSync(join(tmpdir(), 'attrflow-page-'))
const file = join(folder, 'preview.html')
let built: Awaited<ReturnType<typeof buildPage>>

beforeAll(async () => {
  built = await buildPage(file)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the file', () => {
  it('holds everything, and allows no connection', () => {
    expect(built.policy).toContain("connect-src 'none'")
    expect(built.html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/)
  })

  it('stays within its size', () => {
    const size = (text: string): number => gzipSync(text, { level: 9 }).length / 1000
    expect(size(built.main)).toBeLessThan(130)
    expect(size(built.worker)).toBeLessThan(200)
    expect(size(built.html)).toBeLessThan(340)
  })
})

describe('serving', () => {
  it('answers this machine only, with data that cannot end their element', async () => {
    const users = { name: 'users.json', bytes: new TextEncoder().encode('[{"id":"</script><b>"}]') }
    const schema = { name: '</script><script>alert(1)</script>', text: '{}' }
    const served = await servePreview(built.html, { schema, users }, 0)
    try {
      const answer = await fetch(served.url)
      expect(answer.headers.get('content-security-policy')).toBe(built.policy)
      const body = await answer.text()
      expect(body).toContain('\\u003c/script>')
      expect(body).not.toContain('<script>alert(1)')
      expect((await fetch(`${served.url}etc/passwd`)).status).toBe(404)
      expect((await fetch(served.url, { method: 'POST' })).status).toBe(405)
      const { request } = await import('node:http')
      const status = await new Promise((done) => {
        request(served.url, { headers: { host: 'evil.test' } }, (response) => done(response.statusCode)).end()
      })
      expect(status).toBe(403)
    } finally {
      await served.close()
    }
  })
})
