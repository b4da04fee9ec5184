import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attrflow, temporaryDirectory } from '../cli/harness.js'

const cert = resolve('test/fixtures/tls/cert.pem')
const key = resolve('test/fixtures/tls/key.pem')

const world = (): string => {
  const directory = temporaryDirectory()
  const schema = {
    synchronizationRules: [
      {
        objectMappings: [
          {
            name: 'people',
            sourceObjectName: 'User',
            targetObjectName: 'User',
            attributeMappings: [
              {
                targetAttributeName: 'userName',
                source: { type: 'Attribute', name: 'userName' },
                matchingPriority: 1,
              },
            ],
          },
        ],
      },
    ],
  }
  writeFileSync(join(directory, 's.json'), JSON.stringify(schema))
  writeFileSync(
    join(directory, 'job.json'),
    JSON.stringify({
      schema: 's.json',
      objectMappings: ['people'],
      source: {},
      target: { scim: 'http://127.0.0.1:9/' },
      state: 'job.sqlite',
    }),
  )
  return directory
}

const env = { ATTRFLOW_TOKEN: 'a-token-for-everything' }

describe('serve with a certificate', () => {
  it('answers by HTTPS alone', async () => {
    const stop = new AbortController()
    let url = ''
    const args = ['serve', 'job.json', '--json', '--tls-cert', cert, '--tls-key', key]
    const done = attrflow(args, {
      directory: world(),
      env,
      interruption: stop.signal,
      heard: (text) => {
        url ||= /"url":"([^"]+)"/.exec(text)?.[1] ?? ''
      },
    })
    while (url === '') await new Promise((wait) => setTimeout(wait, 10))
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const status = await new Promise((answered, fail) => {
      const asked = request(
        `${url}/auditLogs/provisioning`,
        { ca: readFileSync(cert), headers: { authorization: `Bearer ${env.ATTRFLOW_TOKEN}` } },
        (answer) => {
          answer.resume()
          answered(answer.statusCode)
        },
      )
      asked.on('error', fail).end()
    })
    expect(status).toBe(200)
    await expect(fetch(url.replace('https', 'http'))).rejects.toThrow()
    stop.abort()
    expect((await done).code).toBe(0)
  })

  it.each([
    [['--tls-cert', cert], 'needs both --tls-cert and --tls-key'],
    [['--tls-cert', cert, '--tls-key', cert], 'are not a certificate and its key'],
    [['--tls-cert', cert, '--tls-key', 'none.pem'], 'cannot read none.pem'],
  ])('refuses %j', async (more, message) => {
    const { code, err } = await attrflow(['serve', 'job.json', ...more], { directory: world(), env })
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })
})
