import { isUtf8 } from 'node:buffer'
import { formatOf } from '../../sources/index.js'
import type { CliIo } from '../io.js'

/** How much of a file is read to recognise its form. */
const BEGINNING = 1 << 16

/** Whether a file is NDJSON in UTF-8, judged by its beginning. */
export const isPlainNdjson = async (path: string, io: CliIo): Promise<boolean> => {
  if (path === '-' || (await io.files.facts(path)) === undefined) return false
  let held = Buffer.alloc(0)
  for await (const piece of io.files.stream(path)) {
    held = Buffer.concat([held, piece])
    if (held.length >= BEGINNING) break
  }
  const whole = held.subarray(0, held.lastIndexOf(10) + 1)
  if (whole.length === 0 || whole.includes(0) || !isUtf8(whole)) return false
  const start = whole
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  return start !== '' && formatOf(start, path).name === 'NDJSON'
}
