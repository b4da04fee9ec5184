// Run in a process of its own: node --expose-gc memory.mjs SUBJECT … prints JSON.
//   kept   bytes per object when the rows are kept
//   left   bytes per object when they are not: what the engine itself holds on to
import { makeSubject } from '../subjects/index.js'

const OBJECTS = 100_000

const heap = (): number => {
  globalThis.gc!()
  globalThis.gc!()
  return process.memoryUsage().heapUsed
}

const figures: Record<string, { kept: number; left: number }> = {}
for (const name of process.argv.slice(2)) {
  const subject = await makeSubject(name)
  const round = async (): Promise<readonly unknown[]> =>
    (await subject.outputs()).filter((row) => row !== null)
  await round()
  const before = heap()
  let mapped = 0
  while (mapped < OBJECTS) mapped += (await round()).length
  const left = (heap() - before) / mapped
  const empty = heap()
  const rows: unknown[] = []
  while (rows.length < OBJECTS) rows.push(...(await round()))
  figures[name] = { kept: (heap() - empty) / rows.length, left }
}
console.log(JSON.stringify(figures))
