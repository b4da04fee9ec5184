import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** An entry as the directory sends it: options of attributes are sent unchanged. */
export interface SentEntry {
  readonly dn: string
  readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>
}

/** What the directory answers to a request. */
export interface LyingAnswer {
  readonly entries?: readonly SentEntry[]
  readonly referrals?: readonly string[]
  /** The result code. Default 0. */
  readonly code?: number
  readonly matchedDn?: string
  /** The diagnostic message. Default: none. */
  readonly message?: string
  /** The cookie of a paged search. Default: none, so that it ends. */
  readonly cookie?: string
}

/** A request that the directory received. */
export interface LdapRequest {
  readonly operation: 'bind' | 'search' | 'modify' | 'add' | 'delete' | 'rename' | 'other'
  /** The name in it: the base of a search, or the entry. */
  readonly dn: string
  readonly scope: 'base' | 'one' | 'sub' | undefined
  /** The attributes that a search requests. */
  readonly attributes: readonly string[]
}

/** BER: a tag, a length, contents (X.690). */
const ber = (tag: number, ...contents: readonly (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(contents.map((one) => (typeof one === 'string' ? Buffer.from(one) : one)))
  const length =
    body.length < 128 ? [body.length] : [0x83, body.length >> 16, (body.length >> 8) & 255, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const text = (value: string | Buffer): Buffer => ber(4, value)
const integer = (value: number): Buffer =>
  ber(2, Buffer.from([value >> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]))

interface Element {
  readonly tag: number
  readonly body: Buffer
  readonly end: number
}

/** The element at a place; undefined if it is not complete. */
const elementAt = (bytes: Buffer, at: number): Element | undefined => {
  const first = bytes[at + 1]
  if (first === undefined) return undefined
  const more = first < 128 ? 0 : first & 127
  if (bytes.length < at + 2 + more) return undefined
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
  const start = at + 2 + more
  if (bytes.length < start + length) return undefined
  return { tag: bytes[at]!, body: bytes.subarray(start, start + length), end: start + length }
}

const partsOf = (bytes: Buffer): readonly Element[] => {
  const parts: Element[] = []
  for (let one = elementAt(bytes, 0); one !== undefined; one = elementAt(bytes, one.end)) parts.push(one)
  return parts
}

const operations: Readonly<Record<number, LdapRequest['operation']>> = {
  96: 'bind',
  99: 'search',
  102: 'modify',
  104: 'add',
  74: 'delete',
  108: 'rename',
}

const requestOf = ({ tag, body }: Element): LdapRequest => {
  const operation = operations[tag] ?? 'other'
  if (operation === 'delete') return { operation, dn: String(body), scope: undefined, attributes: [] }
  const parts = partsOf(body)
  const dn = String(parts[operation === 'bind' ? 1 : 0]?.body ?? '')
  if (operation !== 'search') return { operation, dn, scope: undefined, attributes: [] }
  const scope = (['base', 'one', 'sub'] as const)[parts[1]!.body[0]!]
  return { operation, dn, scope, attributes: partsOf(parts[7]!.body).map((one) => String(one.body)) }
}

/** A directory on a port of this machine that answers what a test says, however false. */
export const startLyingDirectory = async (
  answer: (request: LdapRequest) => LyingAnswer,
): Promise<{ readonly url: string; readonly received: LdapRequest[]; stop(): Promise<void> }> => {
  const received: LdapRequest[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay()
    let bytes: Buffer = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more as Buffer])
      for (let message = elementAt(bytes, 0); message !== undefined; message = elementAt(bytes, 0)) {
        bytes = bytes.subarray(message.end)
        const [id, operation] = partsOf(message.body)
        const request = requestOf(operation!)
        if (request.operation === 'other') return
        received.push(request)
        const {
          entries = [],
          referrals = [],
          code = 0,
          matchedDn = '',
          message: diagnostic = '',
          cookie,
        } = request.operation === 'bind' ? {} : answer(request)
        const send = (...parts: readonly Buffer[]): void => {
          socket.write(ber(0x30, ber(2, id!.body), ...parts))
        }
        for (const { dn, attributes } of entries)
          send(
            ber(
              0x64,
              text(dn),
              ber(
                0x30,
                ...Object.entries(attributes).map(([type, values]) =>
                  ber(0x30, text(type), ber(0x31, ...values.map(text))),
                ),
              ),
            ),
          )
        for (const url of referrals) send(ber(0x73, text(url)))
        const paged = ber(
          0x30,
          text('1.2.840.113556.1.4.319'),
          text(ber(0x30, integer(0), text(cookie ?? ''))),
        )
        send(
          ber(
            operation!.tag === 0x4a ? 0x6b : operation!.tag === 0x63 ? 0x65 : operation!.tag + 1,
            ber(10, Buffer.from([code])),
            text(matchedDn),
            text(diagnostic),
          ),
          ...(cookie === undefined ? [] : [ber(0xa0, paged)]),
        )
      }
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
