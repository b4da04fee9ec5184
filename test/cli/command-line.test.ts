import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.js'
import { attrflow, temporaryDirectory } from './harness.js'

const directory = temporaryDirectory()
const file = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text)
  return name
}

describe('help and version', () => {
  it('is asked for by --help, -h and help', async () => {
    const help = await attrflow(['--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toContain('Usage  attrflow COMMAND')
    expect(await attrflow(['-h'])).toEqual(help)
    expect(await attrflow(['help'])).toEqual(help)
  })

  it('is shown as an error when nothing is asked', async () => {
    const nothing = await attrflow([])
    expect(nothing).toMatchObject({ code: 2, out: '' })
    expect(nothing.err).toBe((await attrflow(['--help'])).out)
  })

  it('prints the version', async () => {
    expect(await attrflow(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' })
    expect(await attrflow(['eval', '-V'])).toEqual({ code: 0, out: '1.2.3\n', err: '' })
  })

  it.each(commands.map(({ name }) => name))('explains %s, with its options and examples', async (name) => {
    const command = await commands.find((one) => one.name === name)!.load()
    const { code, out } = await attrflow(['help', name])
    expect(code).toBe(0)
    expect(await attrflow([name, '--help'])).toMatchObject({ code: 0, out })
    expect((await attrflow(['--help'])).out).toContain(command.summary)
    for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const line of out.split('\n').slice(0, -command.examples.length - 1))
      expect(line.length, line).toBeLessThanOrEqual(105)
  })
})

describe('wrong use gives exit code 2, one message and no output', () => {
  file('bad-settings.json', '{"nullComparison": "loose", "splitTrim": true}')
  file('not-settings.json', '{"nullComparison": }')
  it.each([
    [['evl', 'x'], 'unknown command evl; did you mean eval?'],
    [['frobnicate'], 'unknown command frobnicate; attrflow --help lists the commands'],
    [['help', 'chekc'], 'unknown command chekc; did you mean check?'],
    [['eval', '--inptu', 'x'], 'unknown option --inptu; did you mean --input?'],
    [['eval', '--zzzz'], 'unknown option --zzzz; put -- before an argument that begins with a dash'],
    [['eval', '-10'], 'unknown option -1; put -- before an argument that begins with a dash'],
    [['--frob'], 'unknown option --frob; put -- before an argument that begins with a dash'],
    [['eval', '"a"', '--now'], '--now needs a value: --now ISO'],
    [['eval', '"a"', '--now', '--trace'], '--now needs a value: --now ISO'],
    [['eval', '"a"', '--trace=yes'], '--trace takes no value'],
    [['eval', '"a"', '--now', '2025-01-01', '--now', '2025-01-02'], '--now is given twice'],
    [['eval', '"a"', '--dialect', 'connect'], '--dialect takes provisioning, cloud-sync, not connect'],
    [['eval', '"a"', '--color=maybe'], '--color takes auto, always, never, not maybe'],
    [['eval', '"a"', '--format', 'xml'], 'attrflow eval prints pretty, json, not xml'],
    [['eval', '"a"', '--format', 'pretty', '--json'], '--json and --format pretty contradict each other'],
    [['fmt', '"a"', '--json'], 'attrflow fmt prints pretty, not json'],
    [['eval', '"a"', '--settings', 'absent.json'], 'cannot read absent.json: there is no such file'],
    [['eval', '"a"', '--settings', '.'], 'cannot read .: it is a directory'],
    [['eval'], 'eval needs an expression; attrflow help eval shows how'],
    [['eval', 'Join("', '",', '[a])'], /^eval takes one expression; put it in quotes/],
    [['eval', '"a"', '--file', 'x.expr'], 'give the expression or --file, not both'],
    [['eval', '"a"', '--now', 'today'], /^--now takes an ISO 8601 date and time, .*not today$/],
    [['eval', '"a"', '--attribute', 'mail'], '--attribute takes NAME=VALUE, not mail'],
    [['eval', '"a"', '--input', '{"a":'], /^--input is not JSON: /],
    [['eval', '"a"', '--input', 'absent.json'], 'cannot read absent.json: there is no such file'],
    [['eval', '--batch', '--trace'], /^--batch takes its input from the lines/],
    [['eval', '--batch', 'absent.jsonl'], 'cannot read absent.jsonl: there is no such file'],
    [['check'], 'check needs an expression or a file'],
    [['check', 'absent.expr'], 'cannot read absent.expr: there is no such file'],
    [['check', '"a"', '--max-warnings', 'few'], '--max-warnings takes a whole number of at least 0, not few'],
    [['fmt'], 'fmt needs an expression or a file'],
    [['fmt', '"a"', '--write', '--check'], '--check and --write contradict each other'],
    [['fmt', '"a"', '--write'], '--write needs files; "a" is not one'],
    [['fmt', '"a"', '--width', '5'], '--width takes a whole number of at least 20, not 5'],
    [['functions', 'Joon'], 'there is no function Joon; did you mean Join?'],
  ])('attrflow %j', async (args, message) => {
    const run = await attrflow(args, { directory })
    expect(run).toMatchObject({ code: 2, out: '' })
    const [, text] = /^attrflow: (.*)\n$/.exec(run.err)!
    if (typeof message === 'string') expect(text).toBe(message)
    else expect(text).toMatch(message)
  })

  it('names every fault of the settings file', async () => {
    const run = await attrflow(['eval', '"a"', '--settings', 'bad-settings.json'], { directory })
    expect(run.code).toBe(2)
    expect(run.err).toContain('bad-settings.json: nullComparison takes "service" or "lenient", not "loose"\n')
    expect(run.err).toContain('unknown setting splitTrim; did you mean splitTrims? the known names are ')
    const broken = await attrflow(['eval', '"a"', '--settings', 'not-settings.json'], { directory })
    expect(broken).toMatchObject({ code: 2, out: '' })
    expect(broken.err).toContain('not-settings.json is not JSON: ')
  })
})

describe('global options', () => {
  it('stand before or after the command', async () => {
    const after = await attrflow(['eval', '"a"', '--json'])
    expect(after.code).toBe(0)
    expect(await attrflow(['--json', 'eval', '"a"'])).toEqual(after)
    expect(await attrflow(['--format', 'json', 'eval', '"a"'])).toEqual(after)
    expect(await attrflow(['--dialect=cloud-sync', '--format=json', 'eval', '--', '"a"'])).toEqual(after)
  })

  it('read settings from a file or standard input', async () => {
    file('settings.json', '{"placeholders": {"Site": "north"}}')
    const expected = { code: 0, out: 'string: "north"\n', err: '' }
    expect(await attrflow(['eval', '%Site%', '--settings', 'settings.json'], { directory })).toEqual(expected)
    const stdin = '\ufeff{"placeholders": {"Site": "north"}}'
    expect(await attrflow(['eval', '%Site%', '--settings', '-'], { stdin })).toEqual(expected)
  })
})

describe('colour', () => {
  const isColored = async (world: Parameters<typeof attrflow>[1], ...args: string[]): Promise<boolean> =>
    (await attrflow(['check', 'Joon()', ...args], world)).out.includes('\u001b[')

  it('is used on a terminal only', async () => {
    expect(await isColored({ isTTY: true })).toBe(true)
    expect(await isColored({ isTTY: false })).toBe(false)
    expect(await isColored({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
  })

  it('is governed by NO_COLOR, FORCE_COLOR and --color, the last one first', async () => {
    expect(await isColored({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
    expect(await isColored({ isTTY: true, env: { NO_COLOR: '' } })).toBe(true)
    expect(await isColored({ env: { FORCE_COLOR: '1' } })).toBe(true)
    expect(await isColored({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false)
    expect(await isColored({ env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).toBe(false)
    expect(await isColored({ env: { NO_COLOR: '1' } }, '--color', 'always')).toBe(true)
    expect(await isColored({ isTTY: true }, '--color', 'never')).toBe(false)
  })
})

it.each(['eval', 'check'])(
  'the help of %s says how shells pass an expression, and - takes it from a pipe',
  async (name) => {
    const { out } = await attrflow(['help', name])
    const words = out.replace(/\s+/g, ' ')
    for (const shell of ['bash', 'PowerShell 7.3', 'Windows PowerShell 5', 'cmd'])
      expect(words).toContain(shell)
    expect(await attrflow([name, '-'], { stdin: 'ToUpper("a")\r\n' })).toMatchObject({ code: 0 })
  },
)
