import { resolve } from 'node:path'
import { diagnosticJson } from '../../batch.js'
import { adviceFor } from '../../diagnostics/index.js'
import { applyLevels, type Levels, ruleIdOf } from '../../lint/index.js'
import { plural } from '../../text/plural.js'
import { wholeNumber } from '../arguments.js'
import { updateBaselines, type WithBaseline, withoutBaselines } from '../checking/baseline-file.js'
import { configFinder, levelsFrom, type OpenConfig, withConfig } from '../checking/config-file.js'
import { expressionEnvironments } from '../checking/expression-environment.js'
import { githubAnnotations } from '../checking/github.js'
import { lineDiff } from '../checking/line-diff.js'
import { sarifLog } from '../checking/sarif.js'
import {
  type Checked,
  type CheckOptions,
  checkTarget,
  fixTarget,
  placedInRepository,
} from '../checking/target.js'
import { type CommandArguments, type CommandBody, defineCommand } from '../command.js'
import { expandArguments } from '../files-below.js'
import { readTarget, type Target } from '../input.js'
import { type CliIo, UsageError } from '../io.js'
import { diagnosticMembers } from '../json-form.js'
import { quoting } from '../quoting.js'
import { frames, tally, tallyText } from '../report.js'
import { configOption, jobOption } from '../shared-options.js'

const options = {
  'max-warnings': { type: 'string', value: 'N', doc: 'Exit with 1 if there are more warnings than this' },
  notes: { type: 'boolean', doc: 'Also show the notes about schemas; by default they are only counted' },
  schema: {
    type: 'string',
    value: 'FILE',
    doc: 'The schema whose attributes expressions may read; others are reported',
  },
  'object-mapping': {
    type: 'string',
    value: 'NAME',
    doc: 'With --schema: the object mapping that expressions belong to, when several are enabled',
  },
  job: jobOption,
  rule: {
    type: 'string',
    multiple: true,
    value: 'ID=LEVEL',
    doc: 'Level of a rule: off, info, warning or error; errors cannot be turned off',
  },
  config: configOption,
  baseline: {
    type: 'string',
    value: 'FILE',
    doc: 'Do not report the warnings and notes that this file lists',
  },
  'update-baseline': { type: 'boolean', writes: true, doc: 'Write the baseline with the current findings' },
  fix: { type: 'boolean', writes: true, doc: 'Apply the safe fixes to the files' },
  'fix-dry-run': {
    type: 'boolean',
    doc: 'Show what --fix would change and which findings would remain; exit with 1 if it would change anything',
  },
} as const

type Arguments = CommandArguments<typeof options>

const jsonOf = ({ source, sourceText, diagnostics }: Checked): unknown => ({
  ...(sourceText.name === undefined ? { expression: source } : { file: source }),
  diagnostics: diagnostics.map((d) => {
    const { line, column } = sourceText.position(d.span.start)
    const rule = ruleIdOf(d.code)
    return {
      ...diagnosticJson(d),
      ...(rule === undefined ? {} : { rule }),
      ...(d.path === undefined ? {} : { path: d.path }),
      line,
      column,
      help: adviceFor(d),
      ...(d.fixes ? { fixes: d.fixes } : {}),
    }
  }),
})

/** Fixes a target, and writes it or shows the difference. Then the fixed text is checked, written or not. */
const fixOne = async (
  target: Target,
  args: Arguments,
  check: CheckOptions,
  io: CliIo,
): Promise<Target & { readonly count: number }> => {
  const { count, ...fixed } = fixTarget(target, check)
  if (count === 0) return { ...target, count }
  if (args.options['fix-dry-run']) {
    // With another format, standard output contains only that format.
    const out = args.format === 'pretty' ? io.stdout : io.stderr
    await out.write(lineDiff(target.file ?? 'expression', target.text, fixed.text))
    return { ...fixed, count }
  }
  if (target.file === undefined) throw new UsageError(`--fix needs files; ${target.text.trim()} is not one`)
  await io.files.replace(target.file, fixed.text)
  await io.stderr.write(`${target.file}: ${plural(count, 'repair')}\n`)
  return { ...fixed, count }
}

/** Without `--notes`, notes about schemas are only counted. */
const shownOf = (all: readonly Checked[], notes: boolean): readonly Checked[] =>
  all.map((checked) =>
    notes || checked.kind === 'expression'
      ? checked
      : { ...checked, diagnostics: checked.diagnostics.filter(({ severity }) => severity !== 'info') },
  )

/** Schemas and expressions. If a folder has no files with their names, every JSON file in it. */
const checkedFiles = {
  wanted: 'schemas or expressions (files that end in .json or .expr)',
  patterns: [/\.(?:schema\.json|expr)$/i, /\.json$/i],
}

/** How the files of one configuration are checked. */
interface Way {
  readonly check: CheckOptions
  readonly levels: Levels
  readonly baseline: string | undefined
}

const wayOf = async ({ config, folder }: OpenConfig, args: Arguments, io: CliIo): Promise<Way> => {
  const { schema, job, 'object-mapping': objectMapping, rule, baseline } = args.options
  const configured = withConfig(args, config)
  const environmentOf = await expressionEnvironments(schema, { objectMapping, job }, configured, io)
  return {
    check: { ...configured, environmentOf, job },
    levels: levelsFrom(config, rule),
    baseline: baseline ?? (config.baseline === undefined ? undefined : resolve(folder, config.baseline)),
  }
}

export const checkCommand: CommandBody = defineCommand({
  usage: [
    'EXPRESSION|FILE|FOLDER|PATTERN … [--max-warnings N] [--rule ID=LEVEL] [--fix]',
    'EXPRESSION|FILE|FOLDER|PATTERN … --schema FILE [--object-mapping NAME]',
  ],
  details: [
    'An argument that names a file stands for that file (JSON contains a schema, any other file one expression), - is standard input, and ' +
      'everything else is an expression. A folder stands for the schemas and .expr files in it and its subfolders, a pattern (*, ?, **, {a,b}) for ' +
      'the files that match it. Exit code 1 means errors, or more warnings than allowed.',
    quoting,
    'With --schema, expressions may read the attributes of the source object of the object mapping. Files written by attrflow schema extract belong to the ' +
      'mapping that their path names.',
    'attrflow rules lists the rules. attrflow.config.json contains levels of rules, settings and the baseline of a project. It is looked for ' +
      'from the folder of each file upwards, to the root of its git repository.',
  ],
  options,
  formats: ['pretty', 'json', 'sarif', 'github'],
  json: [
    {
      members: {
        results: 'The schemas and expressions that were checked',
        'results[].file': 'The file',
        'results[].expression': 'The expression, if it was an argument',
        ...diagnosticMembers('results[].diagnostics'),
        'results[].diagnostics[].rule': 'The id of the rule, for the findings of rules',
        'results[].diagnostics[].path': 'The place in the schema, as a JSON path',
        'results[].diagnostics[].line': 'The line, from 1',
        'results[].diagnostics[].column': 'The column, from 1',
        'results[].diagnostics[].help': 'What to do about it',
        'results[].diagnostics[].fixes':
          'The changes of text that would mend it; `--fix` applies those that are `safe`',
        errors: 'The number of errors',
        warnings: 'The number of warnings',
        infos: 'The number of notes',
      },
    },
  ],
  examples: [
    `attrflow check 'Join(" " [givenName], [surname])'`,
    'attrflow check mappings/*.expr --max-warnings 0',
    "attrflow check '[mail]' 'mappings/**/*.expr' --schema schema.json",
    'attrflow check schema.json --baseline lint.json --update-baseline',
    'attrflow check schema.json --fix-dry-run',
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw new UsageError('check needs an expression or a file')
    const { fix, 'fix-dry-run': dryRun, notes, 'update-baseline': update } = args.options
    if (fix && dryRun) throw new UsageError('--fix and --fix-dry-run contradict each other')
    if (dryRun && update) throw new UsageError('--fix-dry-run and --update-baseline contradict each other')
    const most = wholeNumber('max-warnings', args.options['max-warnings'])
    const configOf = configFinder(io, args.options.config)
    const ways = new Map<OpenConfig, Promise<Way>>()
    const found: WithBaseline[] = []
    let repairs = 0
    for (const argument of await expandArguments(io, args.positionals, checkedFiles)) {
      const target = await readTarget(argument, io)
      const open = await configOf(target.file)
      const way = ways.get(open) ?? wayOf(open, args, io)
      ways.set(open, way)
      const { check, levels, baseline } = await way
      const fixed = fix || dryRun ? await fixOne(target, args, check, io) : { ...target, count: 0 }
      const { count, ...left } = fixed
      repairs += count
      const checked = checkTarget(left, check)
      found.push({ checked: { ...checked, diagnostics: applyLevels(checked.diagnostics, levels) }, baseline })
    }
    if (update) await updateBaselines(io, found)
    const all = await withoutBaselines(io, found)
    const total = tally(all.flatMap(({ diagnostics }) => diagnostics))
    const placed = () => Promise.all(all.map((checked) => placedInRepository(io, checked)))
    switch (args.format) {
      case 'json':
        await io.stdout.write(`${JSON.stringify({ results: all.map(jsonOf), ...total })}\n`)
        break
      case 'sarif':
        await io.stdout.write(`${JSON.stringify(sarifLog(await placed(), args.version), null, 2)}\n`)
        break
      case 'github':
        await io.stdout.write(githubAnnotations(shownOf(await placed(), notes)))
        break
      default: {
        const shown = shownOf(all, notes)
        for (const { diagnostics, examined } of shown)
          await io.stdout.write(frames(diagnostics, examined, args.style))
        const hidden = total.infos > tally(shown.flatMap(({ diagnostics }) => diagnostics)).infos
        await io.stdout.write(
          `${tallyText(total, args.style)}${hidden ? ' (--notes shows the notes)' : ''}\n`,
        )
      }
    }
    if (dryRun && repairs > 0) return 1
    return total.errors > 0 || (most !== undefined && total.warnings > most) ? 1 : 0
  },
})
