import { join, resolve } from 'node:path'
import type { CoverageMapData } from 'istanbul-lib-coverage'
import type { FileWriter } from 'istanbul-lib-report'
import { coverageMap, coveragePage, type SchemaCoverage } from '../../verify/index.js'
import { type CliIo, UsageError } from '../io.js'
import { FilesInMemory } from './files-in-memory.js'

/** The forms of `--coverage-report`, each with the file to open first. */
const files = {
  page: 'coverage.html',
  json: 'coverage-final.json',
  lcov: 'lcov.info',
  cobertura: 'cobertura-coverage.xml',
  html: 'index.html',
} as const

export type CoverageReport = keyof typeof files

export const coverageReports: readonly CoverageReport[] = Object.keys(files) as CoverageReport[]

/** Istanbul's names for the reports that it writes. */
const reporters = { lcov: 'lcovonly', cobertura: 'cobertura', html: 'html' } as const

interface Istanbul {
  readonly coverage: typeof import('istanbul-lib-coverage')
  readonly report: typeof import('istanbul-lib-report')
  readonly reports: typeof import('istanbul-reports')
}

/** The packages of Istanbul; they are loaded only when a report needs them. */
const istanbul = async (): Promise<Istanbul> => {
  try {
    const [coverage, report, reports] = await Promise.all([
      import('istanbul-lib-coverage'),
      import('istanbul-lib-report'),
      import('istanbul-reports'),
    ])
    return { coverage: coverage.default, report: report.default, reports: reports.default }
  } catch {
    throw new UsageError(
      'coverage reports as lcov, cobertura and html need three packages: npm install istanbul-lib-coverage@3 istanbul-lib-report@3 istanbul-reports@3; page and json do not',
    )
  }
}

/** Istanbul's coverage map, whose paths are absolute. */
const mapOf = (schemas: readonly SchemaCoverage[], directory: string): ReturnType<typeof coverageMap> =>
  coverageMap(schemas.map((one) => ({ ...one, schema: resolve(directory, one.schema) })))

/** Writes the coverage of schemas into a folder. Returns the paths of the files to open. */
export const writeCoverage = async (
  schemas: readonly SchemaCoverage[],
  forms: ReadonlySet<CoverageReport>,
  folder: string,
  io: CliIo,
): Promise<readonly string[]> => {
  const { directory } = io.files
  for (const form of forms) {
    const path = join(folder, files[form])
    if (form === 'page') await io.files.writeInside(folder, path, coveragePage(schemas))
    else if (form === 'json')
      await io.files.writeInside(folder, path, `${JSON.stringify(mapOf(schemas, directory))}\n`)
    else {
      const { coverage, report, reports } = await istanbul()
      const texts = new Map(schemas.map(({ schema, text }) => [resolve(directory, schema), text]))
      const context = report.createContext({
        dir: folder,
        coverageMap: coverage.createCoverageMap(mapOf(schemas, directory) as unknown as CoverageMapData),
        sourceFinder: (file: string) => texts.get(file) ?? '',
      })
      const writer = new FilesInMemory(folder)
      Object.defineProperty(context, 'writer', { value: writer as unknown as FileWriter })
      reports.create(reporters[form], { projectRoot: directory }).execute(context)
      for (const [path, contents] of writer.files) await io.files.writeInside(folder, path, contents)
    }
  }
  return [...forms].map((form) => join(folder, files[form]))
}
