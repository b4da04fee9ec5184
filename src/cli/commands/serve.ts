import { basename } from 'node:path'
import { createSecureContext } from 'node:tls'
import { shown } from '../../text/shown.js'
import { wholeNumber } from '../arguments.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { isPostgres, openJob, openStore, stateOf } from '../job/job-file.js'
import { cycleMembers } from '../job/json-members.js'
import { RunningJob } from '../job/served-job.js'
import { jsonFrom } from '../read-json-file.js'

const options = {
  port: { type: 'string', value: 'N', doc: 'The port. Default: any free one' },
  host: { type: 'string', value: 'ADDRESS', doc: 'The address to listen on. Default 127.0.0.1' },
  tokens: {
    type: 'string',
    value: 'FILE',
    doc: 'JSON: a list of {"token", "scopes"}. Default: the environment variable ATTRFLOW_TOKEN, which allows everything',
  },
  'tls-cert': {
    type: 'string',
    value: 'FILE',
    doc: 'Serve HTTPS with this certificate, in PEM with its chain',
  },
  'tls-key': { type: 'string', value: 'FILE', doc: 'The private key of the certificate, in PEM' },
} as const

/**
 * Certificate and key for HTTPS; undefined for plain HTTP. Throws UsageError if they are incomplete or do not
 * match.
 */
const tlsOf = async (
  { 'tls-cert': certFile, 'tls-key': keyFile }: CommandArguments<typeof options>['options'],
  io: CliIo,
): Promise<{ readonly cert: string; readonly key: string } | undefined> => {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined || keyFile === undefined)
    throw new UsageError('HTTPS needs both --tls-cert and --tls-key')
  const tls = { cert: await readText(io, certFile), key: await readText(io, keyFile) }
  for (const [file, text] of [
    [certFile, tls.cert],
    [keyFile, tls.key],
  ] as const)
    if (text.trim() === '') throw new UsageError(`${shown(file)} is empty`)
  try {
    createSecureContext(tls)
  } catch (error) {
    throw new UsageError(
      `${shown(certFile)} and ${shown(keyFile)} are not a certificate and its key: ${(error as Error).message}`,
    )
  }
  return tls
}

export const serveCommand: CommandBody = defineCommand({
  usage: ['JOB [--port N] [--host ADDRESS] [--tokens FILE] [--tls-cert FILE --tls-key FILE]'],
  details: [
    'Uploads (up to 50 operations each) are stored on disk before they are accepted, and are processed one after the other. ' +
      'The job file names schema, target and state; docs/service-api.md lists the routes. It runs until Ctrl-C or SIGTERM.',
  ],
  options,
  json: [
    {
      lines: true,
      members: {
        url: 'The address, in the first line, which has no other member',
        ...cycleMembers,
      },
    },
  ],
  examples: ['ATTRFLOW_TOKEN=… attrflow serve job.yaml --port 8080'],
  async run(args, io) {
    const [path, more] = args.positionals
    if (path === undefined || more !== undefined) throw new UsageError('serve takes one job file')
    const { serveApi } = await import('../../serve/api-server.js')
    const { Inbox } = await import('../../serve/inbox.js')
    const { scopes } = await import('../../serve/tokens.js')
    const port = wholeNumber('port', args.options.port, 0) ?? 0
    const job = await openJob(path, args, io)
    const state = stateOf(job, io)
    if (state === undefined)
      throw new UsageError('serve needs a stored state: write "state: job.sqlite" into the job file')
    const file = args.options.tokens
    const known = file === undefined ? io.env.ATTRFLOW_TOKEN : undefined
    const tokens =
      file === undefined
        ? known === undefined || known === ''
          ? []
          : [{ token: known, scopes: [...scopes] }]
        : (jsonFrom(await readText(io, file), file) as { token: string; scopes: (typeof scopes)[number][] }[])
    if (!Array.isArray(tokens) || tokens.length === 0)
      throw new UsageError('serve needs a token: set ATTRFLOW_TOKEN, or name a file with --tokens')
    for (const one of tokens)
      if (typeof one?.token !== 'string' || one.token.length < 16 || !Array.isArray(one.scopes))
        throw new UsageError(`a token needs at least 16 characters; its scopes can be ${scopes.join(', ')}`)
    const tls = await tlsOf(args.options, io)
    const store = await openStore(job, io)
    // Accepted uploads are kept beside the state, or beside the job file if the state is in a database.
    const inbox = await Inbox.open(job.at(`${isPostgres(state) ? basename(path) : state}.inbox`))
    const running = new RunningJob(job, store, inbox, io, (report) => {
      const { cycle, counters } = report
      void io.stdout.write(
        args.format === 'json'
          ? `${JSON.stringify(report)}\n`
          : `cycle ${cycle}: create ${counters.create}, update ${counters.update}, disable ${counters.disable}, failure ${counters.failure}\n`,
      )
    })
    const served = await serveApi(
      { job: running, tokens, ...(tls === undefined ? {} : { tls }) },
      port,
      args.options.host,
    )
    await io.stdout.write(
      args.format === 'json'
        ? `${JSON.stringify({ url: served.url })}\n`
        : `serving at ${served.url} (Ctrl-C ends it)\n`,
    )
    running.wake()
    const signal = io.interruption?.()
    await new Promise<void>((done) => {
      if (signal === undefined || signal.aborted) done()
      else signal.addEventListener('abort', () => done(), { once: true })
    })
    await served.close()
    await running.stop()
    await store.close()
    return 0
  },
})
