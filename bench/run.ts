// Runs the benchmarks: npm run bench -- --help
import { dirname } from 'node:path'
import type { Figure } from './figures/table.js'
import { runAlone } from './harness/alone.js'
import { removeBundles } from './harness/bundle.js'
import { endProcesses } from './harness/pair.js'
import { measureAgainst, measureCases, measureFigures } from './measure.js'
import { help, type Options, readOptions } from './options.js'
import { currentRevision, withRevision } from './processes.js'
import { publish, reportOf, writeDocumentation } from './report.js'
import { progress } from './terminal.js'

/** The scripts run as `bench/run.ts` of the project, wherever they are bundled to. */
const root = dirname(dirname(process.argv[1]!))

const figures: Figure[] = []
let interrupted = false

const measure = async (options: Options): Promise<void> => {
  const collect = (figure: Figure): void => {
    figures.push(figure)
  }
  if (options.against === undefined) {
    await measureCases(root, options, collect)
    await measureFigures(root, options, collect)
  } else {
    await withRevision(root, options.against, (folder) => measureAgainst(root, folder, options, collect))
  }
}

const main = async (options: Options): Promise<void> => {
  if (options.help) return console.log(help)
  if (options.profile) return runAlone('profile/attributes.ts', root, options)
  if (options.scale) return runAlone('scale/measure.ts', root, options)
  process.once('SIGINT', () => {
    interrupted = true
    endProcesses()
  })
  let failure: unknown
  try {
    await measure(options)
  } catch (error) {
    failure = error
  }
  progress.clear()
  // What was measured up to an interruption or a failure is not lost.
  const report = reportOf(figures, options, await currentRevision(root))
  if (figures.length > 0) await publish(root, report, options.json)
  if (interrupted) process.exitCode = 130
  else if (failure !== undefined) throw failure
  else if (figures.length === 0) throw new Error(`nothing is called ${options.only?.join(' or ')}`)
  else if (options.complete) await writeDocumentation(root, report)
}

try {
  await main(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await removeBundles(root)
}
