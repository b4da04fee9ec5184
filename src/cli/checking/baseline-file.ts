import { dirname, relative, resolve, sep } from 'node:path'
import { type Baseline, beyondBaseline, isBaseline, makeBaseline } from '../../lint/index.js'
import { type CliIo, readText, UsageError } from '../io.js'
import { jsonFrom } from '../read-json-file.js'
import type { Checked } from './target.js'

/** A checked file with the baseline that applies to it. */
export interface WithBaseline {
  readonly checked: Checked
  readonly baseline: string | undefined
}

const readBaseline = async (io: CliIo, path: string): Promise<Baseline> => {
  const baseline = jsonFrom(await readText(io, path), path)
  if (!isBaseline(baseline))
    throw new UsageError(`${path} is not a baseline of this version; write it again with --update-baseline`)
  return baseline
}

/** The name of a file in a baseline: its path from the baseline, with forward slashes on every system. */
const nameIn = (io: CliIo, baseline: string, { file, source }: Checked): string => {
  if (file === undefined) return source
  const { directory } = io.files
  return relative(dirname(resolve(directory, baseline)), resolve(directory, file))
    .split(sep)
    .join('/')
}

/** Writes each baseline with the current findings. */
export const updateBaselines = async (io: CliIo, all: readonly WithBaseline[]): Promise<void> => {
  const byPath = new Map<string, Checked[]>()
  for (const { checked, baseline } of all) {
    if (baseline === undefined) throw new UsageError('--update-baseline needs --baseline FILE')
    const named = { ...checked, source: nameIn(io, baseline, checked) }
    byPath.set(baseline, [...(byPath.get(baseline) ?? []), named])
  }
  for (const [path, found] of byPath)
    await io.files.write(path, `${JSON.stringify(makeBaseline(found), null, 2)}\n`)
}

/** The findings that are not in the baselines. */
export const withoutBaselines = async (
  io: CliIo,
  all: readonly WithBaseline[],
): Promise<readonly Checked[]> => {
  const baselines = new Map<string, Baseline>()
  const found: Checked[] = []
  for (const { checked, baseline: path } of all) {
    if (path === undefined) {
      found.push(checked)
      continue
    }
    const baseline = baselines.get(path) ?? (await readBaseline(io, path))
    baselines.set(path, baseline)
    const named = beyondBaseline([{ ...checked, source: nameIn(io, path, checked) }], baseline)
    found.push(...named.map((beyond) => ({ ...beyond, source: checked.source })))
  }
  return found
}
