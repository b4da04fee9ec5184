import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ScimServer } from '../provision/scim-server.js'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { freePort } from '../support/server.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const run = fileURLToPath(new URL('../../.config/run.mjs', import.meta.url))
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const TOKEN = 'a-token-for-everything'
const PORT = await freePort()

const schema = customAppSchema('API', [
  attributeMapping('externalId', '[externalId]', 1),
  attributeMapping('userName', '[userName]'),
])

const start = async (directory: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [run, main, 'serve', 'job.json', '--port', String(PORT)], {
    cwd: directory,
    env: { ...process.env, ATTRFLOW_TOKEN: TOKEN },
    stdio: 'ignore',
  })
  for (let attempt = 0; ; attempt++) {
    const reached = await fetch(`http://127.0.0.1:${PORT}`).then(
      () => true,
      () => false,
    )
    if (reached) return child
    if (attempt > 200) throw new Error('the service does not listen')
    await pause(100)
  }
}

const kill = async (child: ChildProcess): Promise<void> => {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await ended
}

it('an upload that was accepted survives kill -9', async () => {
  const directory = temporaryDirectory()
  const target = new ScimServer()
  const url = await target.start()
  await target.stop()
  writeFileSync(join(directory, 'schema.json'), JSON.stringify(schema))
  const job = (scim: string): void =>
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({
        schema: 'schema.json',
        objectMappings: ['people'],
        source: {},
        target: { scim },
        state: 'job.sqlite',
      }),
    )
  job(url)
  const first = await start(directory)
  const accepted = await fetch(
    `http://127.0.0.1:${PORT}/servicePrincipals/a/synchronization/jobs/b/bulkUpload`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [
          { method: 'POST', bulkId: '1', path: '/Users', data: { externalId: '7', userName: 'ada' } },
        ],
      }),
    },
  )
  expect(accepted.status).toBe(202)
  await kill(first)
  expect(readdirSync(join(directory, 'job.sqlite.inbox'))).toHaveLength(1)
  job(await target.start())
  const second = await start(directory)
  // The target was not reachable, so the job is in quarantine; a start lifts nothing by itself, but tries again.
  await expect.poll(() => target.resources.Users.size, { timeout: 20_000 }).toBe(1)
  await expect
    .poll(() => readdirSync(join(directory, 'job.sqlite.inbox')).length, { timeout: 10_000 })
    .toBe(0)
  await kill(second)
  await target.stop()
}, 90_000)
