// What every run from file to file has to do at least: read, JSON.parse, JSON.stringify, write. With a module as third
// argument, the objects go through its `map` as well.
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [source, target, module] = process.argv.slice(2)
const map = module === undefined ? (record) => record : (await import(pathToFileURL(module).href)).map

const CHUNK = 1 << 20
const FLUSH = 1 << 16
const LINE_FEED = 10

const input = openSync(source, 'r')
const output = openSync(target, 'w')
const chunk = Buffer.allocUnsafe(CHUNK)
let rest = Buffer.alloc(0)
let text = ''
for (let read = readSync(input, chunk); read > 0; read = readSync(input, chunk)) {
  const data = Buffer.concat([rest, chunk.subarray(0, read)])
  let at = 0
  for (let end = data.indexOf(LINE_FEED, at); end >= 0; end = data.indexOf(LINE_FEED, at)) {
    const row = map(JSON.parse(data.utf8Slice(at, end)))
    at = end + 1
    if (row === null) continue
    text += `${JSON.stringify(row)}\n`
    if (text.length < FLUSH) continue
    writeSync(output, text)
    text = ''
  }
  rest = Buffer.from(data.subarray(at))
}
writeSync(output, text)
closeSync(output)
