import { randomBytes } from 'node:crypto'
import {
  countObjects,
  type ProbeAnswer,
  type ProbeReport,
  probeQuestions,
  probeTarget,
} from '../../connect/index.js'
import { plural } from '../../text/plural.js'
import { shown } from '../../text/shown.js'
import { wholeNumber } from '../arguments.js'
import { type CommandBody, defineCommand } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { serviceUrl } from '../job/environment.js'
import { readJobFile } from '../job/job-file.js'
import { type ScimServiceFile, tokenOf } from '../job/job-target.js'
import type { Style } from '../style.js'

const TOKEN = 'SCIM_TOKEN'

const options = {
  'token-variable': {
    type: 'string',
    value: 'NAME',
    doc: `the environment variable with the bearer token; default ${TOKEN}, if there is one`,
  },
  out: {
    type: 'string',
    writes: true,
    value: 'FILE',
    doc: 'write the profile to a file, for target.profile of a job',
  },
  force: {
    type: 'boolean',
    doc: 'also probe a service that already has users or groups; they are not changed',
  },
  timeout: { type: 'string', value: 'MILLISECONDS', doc: 'how long to wait for an answer; default 30000' },
} as const

/** The service that an argument names: a URL, or the target of a job file. */
const serviceOf = async (
  argument: string,
  variable: string | undefined,
  io: CliIo,
): Promise<ScimServiceFile> => {
  if (/^https?:\/\//i.test(argument)) {
    if (!URL.canParse(argument)) throw new UsageError(`${shown(argument)} is not a URL`)
    const name = variable ?? TOKEN
    const has = Object.hasOwn(io.env, name) && io.env[name] !== undefined
    if (variable !== undefined && !has)
      throw new UsageError(`the environment variable ${shown(name)} is not set`)
    return { scim: argument, ...(has ? { token: `\${${name}}` } : {}) }
  }
  const { target } = await readJobFile(io, argument)
  if (!('scim' in target)) throw new UsageError(`${shown(argument)} has no SCIM service as its target`)
  return { ...target, scim: serviceUrl('target.scim', target.scim, 'http', io) }
}

const marks = {
  asEntra: { sign: '✓', colour: 'green' },
  differs: { sign: '≠', colour: 'yellow' },
  fault: { sign: '✗', colour: 'red' },
  notAsked: { sign: '–', colour: 'dim' },
} as const

const answerLine = ({ question, answer, verdict }: ProbeAnswer, style: Style): string => {
  const { sign, colour } = marks[verdict]
  return `${style.paint(colour, sign)} ${question} ${style.paint(colour, shown(answer))}\n`
}

const summaryText = ({ answers, profile, left, complete }: ProbeReport, style: Style): string => {
  const count = (verdict: ProbeAnswer['verdict']): number =>
    answers.filter((one) => one.verdict === verdict).length
  const faults = answers.filter(({ verdict }) => verdict === 'fault')
  return [
    '',
    `${count('asEntra')} as Entra expects, ${count('differs')} differ, ${plural(faults.length, 'fault')}${complete ? '' : '; the probe ended early'}`,
    ...faults.map(({ question, answer }) => style.paint('red', `  ${question} ${shown(answer)}`)),
    ...(profile.refused.length === 0
      ? []
      : [`refused by the service; a job leaves them out: ${profile.refused.join(', ')}`]),
    ...(profile.dropped.length === 0 ? [] : [`accepted but not stored: ${profile.dropped.join(', ')}`]),
    ...(left.length === 0
      ? ['everything that the probe created was deleted']
      : [style.paint('red', `could not be deleted: ${shown(left.join(', '))}`)]),
    '',
  ].join('\n')
}

export const targetCommand: CommandBody = defineCommand({
  usage: ['probe URL [--out PROFILE]', 'probe JOB [--out PROFILE]'],
  details: [
    `Makes ${probeQuestions.length} checks with users and groups that it creates, and deletes them at the end. Use an empty test tenant. ` +
      'The answers make a profile: name it in a job as target.profile, and the job sends what the service accepts.',
    `The bearer token is taken from the environment variable ${TOKEN}, or from the target of the job file.`,
    'Exit code 1: a job cannot work with the service as it is, or something could not be deleted; 130: Ctrl-C; 2: wrong use.',
  ],
  options,
  json: [
    {
      members: {
        answers: 'The answer to each check',
        profile: 'The profile, for target.profile of a job',
        left: 'The paths of objects that could not be deleted',
        complete: 'Whether every check was made',
      },
    },
  ],
  examples: [
    `${TOKEN}=… attrflow target probe https://app.example/scim/v2 --out profile.json`,
    'attrflow target probe job.yaml --json',
  ],
  async run(args, io) {
    const [verb, argument, ...more] = args.positionals
    if (verb !== 'probe') throw new UsageError('target takes probe; attrflow help target shows how')
    if (argument === undefined || more.length > 0)
      throw new UsageError('target probe needs one URL of a SCIM service, or one job file')
    const service = await serviceOf(argument, args.options['token-variable'], io)
    const requestTimeout = wholeNumber('timeout', args.options.timeout, 1) ?? service.requestTimeout
    const client = {
      url: service.scim,
      token: tokenOf(service, io),
      ...(requestTimeout === undefined ? {} : { requestTimeout }),
    }
    const objects = await countObjects(client)
    if (objects !== undefined && objects > 0 && !args.options.force)
      throw new UsageError(
        'the service already has users or groups: probe an empty test tenant, or give --force; existing users and groups are not changed',
      )
    const signal = io.interruption?.()
    const pretty = args.format !== 'json'
    const report = await probeTarget({
      ...client,
      mark: `attrflow-probe-${randomBytes(4).toString('hex')}`,
      ...(signal === undefined ? {} : { signal }),
      progress: (answer) => {
        if (pretty) void io.stdout.write(answerLine(answer, args.style))
      },
    })
    await io.stdout.write(pretty ? summaryText(report, args.style) : `${JSON.stringify(report)}\n`)
    const { out } = args.options
    if (out !== undefined && report.complete) {
      await io.files.write(out, `${JSON.stringify(report.profile, null, 2)}\n`)
      if (pretty)
        await io.stdout.write(`the profile is in ${shown(out)}: name it in a job as target.profile\n`)
    }
    if (signal?.aborted === true) return 130
    return report.left.length > 0 || report.answers.some(({ verdict }) => verdict === 'fault') ? 1 : 0
  },
})
