import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attrflow } from '../../cli/run-here.js'
import { ScimServer } from '../../provision/scim-server.js'
import { exampleSchemas } from '../examples.js'
import { mutateJson, mutateText } from '../mutate.js'
import type { Target } from '../target.js'

const token = 'a-token-for-everything'
const job = '/servicePrincipals/sp/synchronization/jobs/job1'
const routes: readonly (readonly [string, string, unknown?])[] = [
  [
    'POST',
    `${job}/bulkUpload`,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        {
          method: 'POST',
          bulkId: 'b',
          path: '/Users',
          data: { externalId: '1', userPrincipalName: 'ada@x.org' },
        },
      ],
      failOnErrors: null,
    },
  ],
  ['GET', job],
  ['POST', `${job}/start`, {}],
  ['POST', `${job}/pause`, {}],
  ['POST', `${job}/restart`, { criteria: { resetScope: 'Full' } }],
  ['GET', `${job}/schema`],
  ['PUT', `${job}/schema`, JSON.parse(exampleSchemas[0]!)],
  [
    'POST',
    `${job}/schema/parseExpression`,
    {
      expression: 'Join(" ", [a], "b")',
      targetAttributeDefinition: { name: 'x', type: 'String', multivalued: false },
      testInputObject: {
        definition: { name: 'User', attributes: [{ name: 'a', type: 'String' }] },
        properties: [{ key: 'a', value: ['x'], 'value@odata.type': '#Collection(String)' }],
      },
    },
  ],
  ['POST', `${job}/validateCredentials`, {}],
  ['POST', `${job}/provisionOnDemand`, { parameters: [{ ruleId: 'x', subjects: [{ objectId: '1' }] }] }],
  ['GET', `/auditLogs/provisioning?$filter=${encodeURIComponent("status eq 'success'")}&$top=5`],
]

/** The status of an answer; undefined when the server hung up. */
const send = (
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<number | undefined> =>
  new Promise((done, fail) => {
    const sent = request({ port, method, path, headers, host: '127.0.0.1', agent: false }, (response) => {
      response.resume()
      response.once('close', () => done(response.statusCode))
    })
    sent.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? fail(error) : done(undefined),
    )
    sent.end(body)
  })

export const service: Target = {
  name: 'HTTP API',
  cases: 500,
  async prepare() {
    const directory = mkdtempSync(join(tmpdir(), 'attrflow-fuzz-serve-'))
    const target = new ScimServer()
    const stop = new AbortController()
    writeFileSync(join(directory, 'schema.json'), exampleSchemas[0]!)
    writeFileSync(
      join(directory, 'job.json'),
      JSON.stringify({
        schema: 'schema.json',
        objectMappings: ['User'],
        source: {},
        target: { scim: await target.start() },
        state: 'job.sqlite',
      }),
    )
    let listening: (port: number) => void = () => {}
    const port = new Promise<number>((known) => {
      listening = known
    })
    const ended = attrflow(['serve', 'job.json', '--json'], {
      directory,
      env: { ATTRFLOW_TOKEN: token },
      interruption: stop.signal,
      heard: (text) => {
        const found = /"url":"http:\/\/[^:]+:(\d+)/.exec(text)
        if (found !== null) listening(Number(found[1]))
      },
    })
    const failed = ended.then(({ err }) => {
      throw new Error(`the service does not start: ${err}`)
    })
    const at = await Promise.race([port, failed])
    failed.catch(() => {})
    return {
      async run(random) {
        const [method, path, body] = random.pick(routes)
        const printable = (text: string): string =>
          encodeURI(text.replace(/\p{Cs}/gu, '')).replace(/[^!-~]/g, '')
        const sentBody =
          body === undefined
            ? ''
            : random.once(4)
              ? JSON.stringify(body)
              : JSON.stringify(mutateJson(random, body))
        const status = await send(
          at,
          random.once(8) ? random.pick(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE']) : method,
          random.once(3)
            ? `/${printable(mutateText(random, path, ['%00', '%', '..', '$filter=', '&', '?']))}`.slice(
                0,
                4000,
              )
            : path,
          {
            authorization: random.once(20) ? 'Bearer x' : `Bearer ${token}`,
            'content-type': random.pick(['application/json', 'application/scim+json', 'text/plain']),
          },
          random.once(4) ? mutateText(random, sentBody).slice(0, 200_000) : sentBody,
        )
        assert(
          status === undefined || status < 500 || status === 501 || status === 503,
          `${method} ${path} is answered by ${status}`,
        )
        assert.equal(
          await send(at, 'GET', job, { authorization: `Bearer ${token}` }, ''),
          200,
          'it still serves',
        )
      },
      async close() {
        stop.abort()
        const { code, err } = await ended
        await target.stop()
        rmSync(directory, { recursive: true })
        assert.equal(code, 0, err)
      },
    }
  },
}
