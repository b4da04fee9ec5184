// Prints how the time of each curve grows with its size: node measure.mjs table|json [WORDS OF A TITLE …]
import { type Curve, curves } from './curves.js'

/** A size and the CPU time of one operation of it, or why there is none. */
interface Point {
  readonly size: number
  readonly microseconds?: number
  readonly failure?: string
}

interface Measured {
  readonly title: string
  readonly points: readonly Point[]
  /** The largest factor by which the time for one element grew from a size to the next: 1 is linear. */
  readonly growth: number
}

const WARM_UP = 1500
const BUDGET = 150

/** Microseconds of CPU time since the process began. */
const used = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

const runFor = (work: () => unknown, milliseconds: number): number => {
  const start = used()
  const end = start + milliseconds * 1000
  let operations = 0
  let now = start
  while (now < end) {
    // A look at the clock takes about a microsecond.
    for (let i = 0; i < 16; i++) work()
    operations += 16
    now = used()
  }
  return (now - start) / operations
}

const pointOf = ({ prepare }: Curve, size: number): Point => {
  try {
    const work = prepare(size)
    runFor(work, WARM_UP)
    globalThis.gc?.()
    return { size, microseconds: runFor(work, BUDGET) }
  } catch (error) {
    return { size, failure: error instanceof Error ? error.message : String(error) }
  }
}

const growthOf = (points: readonly Point[]): number => {
  const perElement = points.flatMap(({ size, microseconds }) =>
    microseconds === undefined ? [] : [microseconds / size],
  )
  return Math.max(1, ...perElement.slice(1).map((value, index) => value / perElement[index]!))
}

const measure = (curve: Curve): Measured => {
  const points = curve.sizes.map((size) => pointOf(curve, size))
  return { title: curve.title, points, growth: growthOf(points) }
}

const textOf = ({ size, microseconds, failure }: Point): string =>
  `${size}: ${microseconds === undefined ? failure : `${microseconds.toPrecision(3)} µs`}`

const [form, ...words] = process.argv.slice(2)
const measured: Measured[] = []
for (const curve of curves) {
  if (words.length > 0 && !words.some((word) => curve.title.includes(word))) continue
  const one = measure(curve)
  measured.push(one)
  if (form !== 'json')
    console.log(`${one.title}\n  ${one.points.map(textOf).join('   ')}   growth ${one.growth.toFixed(1)}`)
}
if (form === 'json') console.log(JSON.stringify(measured, null, 2))
