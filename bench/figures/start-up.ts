import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { type Estimate, estimate } from '../harness/statistics.js'

/** What a process does after it has started. */
const programs = (dist: string): Readonly<Record<string, string>> => {
  const url = (file: string): string => JSON.stringify(pathToFileURL(`${dist}/${file}`).href)
  return {
    'import attrflow/runtime': `import ${url('runtime.js')}`,
    'import attrflow': `import ${url('index.js')}`,
    'import attrflow, first parse': `import { parseExpression } from ${url('index.js')}
      if (parseExpression('Join(" ", [givenName], [surname])').diagnostics.length > 0) process.exit(1)`,
  }
}

const milliseconds = async (program: string): Promise<number> => {
  const start = process.hrtime.bigint()
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`a process that only starts ended with ${code}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** Milliseconds from the start of a process to its end, beyond those of Node alone. */
export const startUpTimes = async (
  dist: string,
  rounds: number,
  progress: (round: number) => void,
): Promise<Readonly<Record<string, Estimate>>> => {
  const entries = Object.entries(programs(dist))
  const differences = entries.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    // Node alone runs before and after each program, so that a slow moment hits both.
    for (const [index, [, program]] of entries.entries()) {
      const before = await milliseconds('')
      const during = await milliseconds(program)
      const after = await milliseconds('')
      differences[index]!.push(during - (before + after) / 2)
    }
    progress(round + 1)
  }
  return Object.fromEntries(entries.map(([name], index) => [name, estimate(differences[index]!)]))
}
