// Preloaded into a measured process: tells what it used when it ends.
import { readFileSync, writeFileSync } from 'node:fs'

/** Kilobytes of memory at its peak. Linux counts those of the parent, too, in what getrusage tells. */
const peakOf = ({ maxRSS }) => {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return maxRSS
  }
}

process.on('exit', () => {
  const used = process.resourceUsage()
  const { userCPUTime, systemCPUTime } = used
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: peakOf(used) / 1024 }
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage))
})
