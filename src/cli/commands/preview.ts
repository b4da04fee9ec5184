import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { wholeNumber } from '../arguments.js'
import { type CommandBody, defineCommand, type GlobalArguments } from '../command.js'
import { type CliIo, readText, streamBytes, UsageError } from '../io.js'
import { aroundSchema, openSchema } from '../schema-file.js'
import { jobOption } from '../shared-options.js'

/**
 * A larger population is too much for a page: Chromium refuses longer documents, and a part is enough to look
 * at.
 */
const MOST_BYTES = 64 * 1024 * 1024

const bytesOf = async (io: CliIo, path: string): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of streamBytes(io, path)) {
    const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
    size += bytes.length
    if (size > MOST_BYTES)
      throw new UsageError(`${path} has more than 64 MB; open a part of it, such as the first 10,000 lines`)
    pieces.push(bytes)
  }
  return new Uint8Array(Buffer.concat(pieces))
}

/** The page built beside this program; undefined without a build. */
const pageOf = async (): Promise<string> => {
  for (const place of ['../preview.html', '../../../dist/preview.html']) {
    try {
      return await readFile(new URL(place, import.meta.url), 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw new UsageError('the page is not built: run npm run build')
}

/** The text of a schema: that of the file, or the chosen one of several in it. */
const schemaText = async (
  io: CliIo,
  path: string,
  job: string | undefined,
  args: GlobalArguments,
): Promise<string> => {
  if (job === undefined) return readText(io, path)
  const { document } = await openSchema(path, args, io, job)
  return aroundSchema(document.source.text, job)[1]
}

const options = {
  source: { type: 'string', value: 'USERS', doc: 'The users to show, in any form that map reads' },
  job: jobOption,
  port: { type: 'string', value: 'N', doc: 'The port. Default: any free one' },
  out: {
    type: 'string',
    value: 'FILE.html',
    writes: true,
    doc: 'Write the page to a file instead of serving it',
  },
  'no-open': { type: 'boolean', doc: 'Do not open a browser' },
} as const

export const previewCommand: CommandBody = defineCommand({
  usage: ['[SCHEMA] [--source USERS] [--port N] [--no-open]', '[SCHEMA] [--source USERS] --out FILE.html'],
  details: [
    'The page is served on 127.0.0.1 until Ctrl-C, and to this machine only. It sends nothing: its security policy forbids ' +
      'every connection. With --out it is written to one file, which a double click opens; a file with users in it is as ' +
      'confidential as they are.',
  ],
  options,
  formats: ['pretty', 'json'],
  json: [
    { members: { url: 'The address of the page' } },
    { with: '--out', members: { file: 'The page that was written' } },
  ],
  examples: [
    'attrflow preview',
    'attrflow preview app.schema.json --source users.json',
    'attrflow preview --out preview.html',
  ],
  async run(args, io) {
    const [schema, more] = args.positionals
    if (more !== undefined) throw new UsageError('preview takes one schema')
    const port = wholeNumber('port', args.options.port, 0) ?? 0
    const { source, out, job } = args.options
    if (schema === undefined && job !== undefined) throw new UsageError('--job needs a schema')
    const { pageWithData, servePreview } = await import('../../serve/preview-server.js')
    const data = {
      ...(schema === undefined
        ? {}
        : { schema: { name: basename(schema), text: await schemaText(io, schema, job, args) } }),
      ...(source === undefined
        ? {}
        : { users: { name: basename(source), bytes: await bytesOf(io, source) } }),
    }
    const html = await pageOf()
    if (out !== undefined) {
      await io.files.write(out, pageWithData(html, data))
      await io.stdout.write(args.format === 'json' ? `${JSON.stringify({ file: out })}\n` : `wrote ${out}\n`)
      return 0
    }
    const served = await servePreview(html, data, port)
    await io.stdout.write(
      args.format === 'json'
        ? `${JSON.stringify({ url: served.url })}\n`
        : `The preview is at ${served.url} (Ctrl-C ends it)\n`,
    )
    if (!args.options['no-open']) {
      const { default: open } = await import('open')
      await open(served.url).catch(() => undefined)
    }
    const signal = io.interruption?.()
    await new Promise<void>((done) => {
      if (signal === undefined || signal.aborted) done()
      else signal.addEventListener('abort', () => done(), { once: true })
    })
    await served.close()
    return 0
  },
})
