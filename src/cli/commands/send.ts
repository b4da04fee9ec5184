import { setTimeout as pause } from 'node:timers/promises'
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import { objectFault } from '../../mapping/index.js'
import { createResource } from '../../scim/index.js'
import { readPopulation } from '../../sources/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { exactJson } from '../../values/exact-json.js'
import { isJsonObject } from '../../values/json-object.js'
import { readAttribute, type SourceRecord } from '../../values/record.js'
import { fromInput, type Value } from '../../values/value.js'
import { wholeNumber } from '../arguments.js'
import { type CommandBody, defineCommand } from '../command.js'
import { type CliIo, readable, readText, streamBytes, UsageError } from '../io.js'
import { jsonFrom } from '../read-json-file.js'

/** The most operations that the service accepts in one request. */
const MOST_OPERATIONS = 50

const options = {
  url: { type: 'string', value: 'URL', doc: 'The address that ends in /bulkUpload' },
  'token-variable': {
    type: 'string',
    value: 'NAME',
    doc: 'The environment variable that holds the token. Default ATTRFLOW_TOKEN',
  },
  chunk: { type: 'string', value: 'N', doc: 'The number of objects in a request, up to 50. Default 50' },
  resume: {
    type: 'string',
    writes: true,
    value: 'FILE',
    doc: 'The file that records the progress; an interrupted run continues from it',
  },
  'dry-run': { type: 'boolean', doc: 'Print the operations instead of sending them' },
} as const

/** The SCIM resource of an object, and what is wrong with the values that it lacks. */
interface Upload {
  readonly resource: { readonly externalId?: unknown }
  readonly diagnostics: readonly Diagnostic[]
}

/** An object as the resource of an operation: columns named by SCIM paths become nested members. */
const uploadOf = (record: SourceRecord): Upload => {
  const entries = Object.entries(record as Readonly<Record<string, unknown>>)
  const isResource = entries.some(([name, value]) => name === 'schemas' && Array.isArray(value))
  if (isResource) return { resource: record as Upload['resource'], diagnostics: [] }
  try {
    return createResource(new Map(entries.map(([name, value]): [string, Value] => [name, fromInput(value)])))
  } catch (thrown) {
    return { resource: {}, diagnostics: [objectFault(thrown)] }
  }
}

/** Why an object cannot be sent; undefined if it can. A column that is no SCIM path only loses its value. */
const refusalOf = (upload: Upload | undefined): string | undefined => {
  const fault = upload?.diagnostics.find(({ code }) => code !== 'AF4201')
  if (fault !== undefined) return fault.message.replace(/\.$/, '')
  const id = upload?.resource.externalId
  return typeof id === 'string' && id !== '' ? undefined : 'no object with an externalId'
}

/** How many objects of a file an interrupted run has sent; 0 if there was none. */
const sentBefore = async (io: CliIo, resume: string, source: string): Promise<number> => {
  if ((await io.files.kind(resume)) === 'absent') return 0
  const state = jsonFrom(await readText(io, resume), shown(resume))
  const sent = isJsonObject(state) ? readAttribute(state, 'sent') : null
  if (!isJsonObject(state) || typeof sent !== 'number' || !Number.isSafeInteger(sent) || sent < 0)
    throw new UsageError(`${shown(resume)} does not record the progress of send; delete it to start again`)
  if (readAttribute(state, 'source') !== source)
    throw new UsageError(`${shown(resume)} belongs to another file; delete it to start again`)
  return sent
}

const recordSent = (io: CliIo, resume: string, source: string, sent: number): Promise<void> =>
  io.files.replace(resume, `${JSON.stringify({ source, sent })}\n`)

export const sendCommand: CommandBody = defineCommand({
  usage: ['USERS --url URL [--resume FILE]'],
  details: [
    'USERS is any population: SCIM resources, or rows whose columns are SCIM paths, such as userName, name.givenName, ' +
      'emails[type eq "work"].value. Each needs an externalId; rows with conflicting or wrong values are left out, too. A request has up to 50 objects; at most 40 requests are sent in 5 seconds. ' +
      'Requests without an answer, or with 429 or 5xx, are tried again. With --resume an interrupted run continues where it stopped.',
    'Exit code 1: a row or a request was refused; 130: Ctrl-C stopped the run.',
  ],
  options,
  json: [
    {
      members: {
        read: 'The number of rows that were read',
        sent: 'The number of objects that were accepted',
        refused: 'The number of rows and objects that were refused',
      },
    },
    {
      with: '--dry-run',
      lines: true,
      members: {
        method: 'POST',
        bulkId: 'The id of the operation',
        path: '/Users',
        data: 'The SCIM resource',
      },
    },
  ],
  examples: [
    'ATTRFLOW_TOKEN=… attrflow send workers.csv --url https://graph.microsoft.com/beta/servicePrincipals/…/bulkUpload --resume sent.json',
    'attrflow send workers.csv --dry-run',
  ],
  async run(args, io) {
    const [path, more] = args.positionals
    if (path === undefined || more !== undefined) throw new UsageError('send takes one file of users')
    const { url, resume } = args.options
    const dry = args.options['dry-run']
    const variable = args.options['token-variable'] ?? 'ATTRFLOW_TOKEN'
    const token = io.env[variable] ?? ''
    if (!dry && (url === undefined || !/^https?:\/\/\S+\/bulkUpload$/.test(url)))
      throw new UsageError('send needs --url with an address that ends in /bulkUpload')
    if (!dry && token === '')
      throw new UsageError(`the environment variable ${variable}, which should contain the token, is not set`)
    const size = wholeNumber('chunk', args.options.chunk, 1) ?? MOST_OPERATIONS
    if (size > MOST_OPERATIONS) throw new UsageError(`--chunk takes at most ${MOST_OPERATIONS}`)
    const done = resume === undefined ? 0 : await sentBefore(io, resume, path)
    // A file that cannot be written is found before anything is sent.
    if (resume !== undefined && !dry) await recordSent(io, resume, path, done)
    const { BulkClient } = await import('../../connect/bulk-client.js')
    const signal = io.interruption?.()
    const client = new BulkClient({
      url: url ?? '',
      token,
      now: Date.now,
      sleep: async (milliseconds) => {
        await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      },
      ...(signal === undefined ? {} : { signal }),
    })
    let [read, sent, refused] = [0, 0, 0]
    let waiting: object[] = []
    const noted = new Set<string>()
    /** Sends the waiting operations. Returns false if nothing more can be sent. */
    const flush = async (): Promise<boolean> => {
      if (waiting.length === 0) return true
      const operations = waiting
      waiting = []
      const answer = await client.send(operations)
      if (answer.outcome === 'unreachable') {
        await io.stderr.write(
          `attrflow: ${shown(answer.reason)}; stopped after ${plural(done + sent, 'object')}\n`,
        )
        return false
      }
      if (answer.outcome === 'refused') {
        refused += operations.length
        await io.stderr.write(
          `attrflow: a request of ${operations.length} was refused: ${shown(answer.reason)}\n`,
        )
      }
      sent += operations.length
      if (resume !== undefined) await recordSent(io, resume, path, done + sent)
      return true
    }
    const groups = readPopulation(streamBytes(io, path, signal), path === '-' ? '' : path)
    let stopped = false
    run: for await (const entries of readable(path, groups)) {
      for (const { line, record } of entries) {
        if (signal?.aborted === true) break run
        read++
        if (read <= done) continue
        const upload = record === undefined ? undefined : uploadOf(record)
        const reason = refusalOf(upload)
        if (upload === undefined || reason !== undefined) {
          refused++
          sent++
          await io.stderr.write(`attrflow: ${shown(path)}:${line}: ${shown(`${reason}`)}; it is left out\n`)
          continue
        }
        for (const { message } of upload.diagnostics)
          if (!noted.has(message)) {
            noted.add(message)
            await io.stderr.write(`attrflow: ${shown(path)}:${line}: ${shown(message)}\n`)
          }
        const operation = { method: 'POST', bulkId: `line-${line}`, path: '/Users', data: upload.resource }
        if (dry) await io.stdout.write(`${exactJson(operation)}\n`)
        else waiting.push(operation)
        if (waiting.length >= size && !(await flush())) {
          stopped = true
          break run
        }
      }
    }
    if (!stopped && signal?.aborted !== true) stopped = !(await flush())
    if (!dry)
      await io.stdout.write(
        args.format === 'json'
          ? `${JSON.stringify({ read, sent: done + sent - refused, refused })}\n`
          : `${plural(done + sent - refused, 'object')} accepted, ${refused} refused\n`,
      )
    if (signal?.aborted === true) return 130
    return refused > 0 || stopped ? 1 : 0
  },
})
