import { type CommandBody, defineCommand } from '../command.js'
import { UsageError } from '../io.js'
import { diagnosticMembers } from '../json-form.js'
import { mapOptions } from '../mapping/map-options.js'
import { runMap } from '../mapping/map-run.js'
import { refuseMoreThanSchema } from '../mapping/open-mapping.js'

export const mapCommand: CommandBody = defineCommand({
  usage: [
    'SCHEMA --source USERS [--object-mapping NAME] [--json] [--out FILE] …',
    'SCHEMA --source USERS --operation create|update|--target USERS …',
  ],
  details: [
    'Shows for each object: its outcome and the reason, the deciding part of the scope, the match query, the attributes ' +
      'that flow, the attributes that do not with the reason, the failures, and for SCIM targets the request. An object that ' +
      'fails does not stop the run. An empty CSV cell means that the object does not have the attribute. Values of Redact are shown as [Redact].',
    'With --json, each object is one line: {"line", "id"?, "outcome": "create"|"update"|"disable"|"delete"|"skip"|' +
      '"error", "reason", "scope": {"inScope"}, "attributes": {}, "notFlowed": {}, "diagnostics": [], "scim"?}; it contains ' +
      'redacted values and names them in "redacted". The last line is {"summary": {"objects", "outcomes", "reasons", "errors", "failures": ' +
      '[{"code", "path"?, "count", "line", "message"}], "neverFlowing", "source": {"shape"?, "renamed", "missing", "notes"}}}; the readable summary goes to standard error.',
    'With --csv, each object is a row: line, id, outcome, reason, diagnostics, and a column for each target attribute with the ' +
      'value that flows. Lists are joined by ;. A cell that a spreadsheet would treat as a formula begins with an apostrophe.',
    'With --out FILE.gz the output is compressed. FILE is replaced when the run is complete; until then the results are in ' +
      'FILE.unfinished, with regular checkpoints. After Ctrl-C, a crash or a full disk, repeat the command with --resume: it continues ' +
      'after the last checkpoint.',
    'With --escrow, objects that fail are written to a separate file, each as a line of JSON: {"line", "diagnostics", "record"}, or ' +
      '{"line", "diagnostics", "form", "text"} if the object could not be read. Correct the objects in it or the mapping, and map them ' +
      'again with --replay. The file contains source values unchanged, also those that the mapping redacts.',
    'With --previous, only objects whose line differs from that of the previous run are written, and {"id", "outcome": "delete", "reason": ' +
      '"SourceDeleted"} for those that are gone; the summary counts them as "unchanged" and "gone".',
    'Exit code 1 means that an object failed, a line could not be read or --delete-threshold was reached, 2 that nothing could be read, 130 that Ctrl-C stopped the run.',
  ],
  options: mapOptions,
  formats: ['pretty', 'json', 'csv'],
  json: [
    {
      lines: true,
      members: {
        line: 'The line of the object',
        id: 'Its identifier, if it has one',
        outcome: 'create, update, disable, delete, skip or error',
        reason: 'Why, such as NewInScope',
        scope: 'Whether it is in scope, and what decided',
        'scope.inScope': 'true or false',
        'scope.evaluated': 'false if the scope was not decided',
        'scope.set': 'The filter that decided',
        'scope.group': 'The group that decided',
        'scope.clause': 'The clause that decided',
        'scope.value': 'The value that the clause tested',
        'scope.reason': 'The decision in words',
        matchedBy: 'The matching attribute, and the query that found the object',
        attributes: 'The values that flow, by target attribute; null clears',
        notFlowed: 'Why the other attributes do not flow, by target attribute',
        defaulted: 'The attributes whose default flows',
        redacted: 'The attributes whose values must not be shown',
        ...diagnosticMembers('diagnostics'),
        'diagnostics[].path': 'The target attribute',
        scim: 'The body of the SCIM request',
        summary: 'Only in the last line, which has no other member',
        'summary.objects': 'The number of objects',
        'summary.outcomes': 'Their number by outcome',
        'summary.reasons': 'Their number by reason',
        'summary.errors': 'The number of errors by code',
        'summary.failures':
          'The most frequent failures: code, path, count, and the line, id and message of the first',
        'summary.neverFlowing': 'The attributes that flowed for no object',
        'summary.unchanged': 'With --previous: the number of unchanged objects',
        'summary.gone': 'With --previous: the number of objects that are gone',
        'summary.source':
          'The shape that was recognised, renamed and missing attributes, and notes about the file',
      },
    },
  ],
  examples: [
    'attrflow map schema.json --source users.ndjson',
    'attrflow map schema.json --source users.csv --csv --out result.csv',
    'attrflow map schema.json --source users.csv --target current.json --json --out result.ndjson',
    'attrflow map schema.json --source users.ndjson --json --out result.ndjson --escrow failed.ndjson --workers auto',
    'attrflow map schema.json --replay failed.ndjson --json --out rest.ndjson',
    'attrflow map schema.json --source users.ndjson --json --out changes.ndjson --previous users.state',
    'attrflow map schema.json --source users.json --object-mapping "User->User" --operation update --brief',
  ],
  async run(args, io) {
    const [schema, ...more] = args.positionals
    if (schema === undefined) throw new UsageError('map needs one schema file; attrflow help map shows how')
    refuseMoreThanSchema('map', schema, more, args.options.source)
    const { source, target, replay } = args.options
    if (source !== undefined && replay !== undefined)
      throw new UsageError('--source and --replay both name the objects; give one of them')
    const objects = source ?? replay
    if (objects === undefined) throw new UsageError('map needs --source USERS')
    if ([schema, objects, target].filter((path) => path === '-').length > 1)
      throw new UsageError('standard input can be read only once')
    if (args.options.csv && args.format !== 'pretty' && args.format !== 'csv')
      throw new UsageError(`--csv and --format ${args.format} contradict each other`)
    const inputs = { schema, objects, replayed: replay !== undefined }
    return runMap(inputs, args.options.csv ? { ...args, format: 'csv' } : args, io)
  },
})
