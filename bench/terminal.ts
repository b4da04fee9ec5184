/** What is going on, on a terminal only; never part of the results. */
export const progress = {
  show(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, process.stderr.columns - 1)}`)
  },
  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K')
  },
}
