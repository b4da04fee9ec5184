import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
for (const name of ['workday-to-ad.schema.json', 'workers.ndjson'])
  cpSync(join('docs/examples', name), join(directory, name))

const map = ['map', 'workday-to-ad.schema.json', '--now', '2025-07-30T12:00:00Z', '--source']
const pageOf = async (args: readonly string[]): Promise<string> => {
  await attrflow([...map, ...args, '--report', 'report.html'], { directory })
  return readFileSync(join(directory, 'report.html'), 'utf8')
}

/** The rows of the charts: title, note and count. */
const rowsOf = (page: string): readonly string[] =>
  [...page.matchAll(/<tr>(.*?)<td><svg/g)].map(([, row]) =>
    row!
      .replaceAll('<wbr>', '')
      .replace(/<[^>]+>/g, '|')
      .replace(/\|+/g, '|')
      .replace(/&quot;/g, '"'),
  )

describe('map --report', () => {
  it('shows outcomes, failures, reasons, and the attributes that flow least', async () => {
    const page = await pageOf(['workers.ndjson', '--brief'])
    expect(rowsOf(page)).toEqual([
      '|create|in scope and without a match in the target|9|',
      '|skip|out of scope, and never provisioned|2|',
      '|error|an expression or a filter failed|1|',
      '|AF5001 msDS-cloudExtensionAttribute1|line 11: FormatDateTime cannot read "31.02.2024" as a date of the form "yyyy-MM-dd".|1|',
      '|AF5001 extensionAttribute1|line 11: FormatDateTime cannot read "31.02.2024" as a date of the form "yyyy-MM-dd".|1|',
      '|the source value is absent, and no default applies|22|',
      '|the expression asks to ignore the attribute|7|',
      '|facsimileTelephoneNumber|8 × the source value is absent, and no default applies|1 of 9|',
      '|extensionAttribute2|8 × the source value is absent, and no default applies|1 of 9|',
      '|mobile|7 × the expression asks to ignore the attribute|2 of 9|',
      '|telephoneNumber|4 × the source value is absent, and no default applies|5 of 9|',
      '|mail|1 × the source value is absent, and no default applies|8 of 9|',
      '|manager|1 × the source value is absent, and no default applies|8 of 9|',
    ])
    expect(page).toContain("default-src 'none'")
    // Long names break between their words.
    expect(page).toContain('facsimile<wbr>Telephone<wbr>Number')
  })

  it('counts the same in threads as in one', async () => {
    const first = JSON.parse(readFileSync(join(directory, 'workers.ndjson'), 'utf8').split('\n')[0]!)
    const lines = Array.from({ length: 2_000 }, (_, index) =>
      JSON.stringify({ ...first, WorkerID: `${10_000 + index}` }),
    )
    writeFileSync(join(directory, 'many.ndjson'), lines.join('\n'))
    const [one, two] = [
      await pageOf(['many.ndjson', '--brief']),
      await pageOf(['many.ndjson', '--json', '--workers', '2', '--out', 'out.ndjson']),
    ]
    expect(rowsOf(one)).toContain('|create|in scope and without a match in the target|2000|')
    expect(two).toBe(one)
  })

  it('shows what objects and file names hold as text', async () => {
    const hostile = '<script>alert(1)</script>\u202e'
    const worker = JSON.parse(readFileSync(join(directory, 'workers.ndjson'), 'utf8').split('\n')[0]!)
    writeFileSync(join(directory, '<b>.ndjson'), JSON.stringify({ ...worker, HireDate: hostile }))
    const page = await pageOf(['<b>.ndjson'])
    expect(page).toContain('&lt;b&gt;.ndjson mapped by')
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toMatch(/<script|<b>|\u202e/)
  })

  test.each([
    ['workers.ndjson', '--report workers.ndjson would overwrite --source'],
    ['./workday-to-ad.schema.json', '--report ./workday-to-ad.schema.json would overwrite SCHEMA'],
    ['out.ndjson', '--out and --report name the same file'],
  ])('refuses to write to %s', async (report, message) => {
    const args = [...map, 'workers.ndjson', '--json', '--out', 'out.ndjson', '--report', report]
    const { code, err } = await attrflow(args, { directory })
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('leaves the output when it cannot be written, and offers nothing to continue', async () => {
    const args = [...map, 'workers.ndjson', '--checkpoint-every', '2', '--out', 'out.txt']
    const { code, err } = await attrflow([...args, '--report', 'absent/report.html'], { directory })
    expect([code, err]).toEqual([2, expect.stringContaining('cannot write absent/report.html')])
    expect(err).not.toContain('not written yet')
    expect(existsSync(join(directory, 'out.txt'))).toBe(true)
  })

  it('writes none when a threshold stops the run', async () => {
    writeFileSync(join(directory, 'gone.ndjson'), readFileSync(join(directory, 'workers.ndjson')))
    const args = [...map, 'gone.ndjson', '--json', '--out', 'kept.ndjson', '--previous', 'state']
    await attrflow(args, { directory })
    writeFileSync(
      join(directory, 'gone.ndjson'),
      readFileSync(join(directory, 'workers.ndjson'), 'utf8').split('\n').slice(3).join('\n'),
    )
    const { code } = await attrflow([...args, '--delete-threshold', '1', '--report', 'none.html'], {
      directory,
    })
    expect(code).toBe(1)
    expect(existsSync(join(directory, 'none.html'))).toBe(false)
  })
})
