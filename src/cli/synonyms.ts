import type { OptionTable } from './command.js'

/** What other tools call a command of ours. */
const commandSynonyms: Readonly<Record<string, string>> = {
  analyse: 'check',
  analyze: 'check',
  lint: 'check',
  validate: 'check',
  verify: 'check',
  evaluate: 'eval',
  execute: 'eval',
  format: 'fmt',
  pretty: 'fmt',
  print: 'fmt',
  convert: 'map',
  'dry-run': 'map',
  run: 'map',
  simulate: 'map',
  transform: 'map',
  debug: 'explain',
  'on-demand': 'explain',
  trace: 'explain',
  why: 'explain',
  inspect: 'schema',
  show: 'schema',
  extract: 'schema',
  apply: 'schema',
  codegen: 'build',
  compile: 'build',
  compare: 'diff',
  spec: 'test',
  function: 'functions',
  operator: 'operators',
  rule: 'rules',
  provision: 'job',
  sync: 'job',
  upload: 'send',
  server: 'serve',
  ui: 'preview',
}

/** What other tools call an option of ours; the first of the names that the command has is meant. */
const optionSynonyms: Readonly<Record<string, readonly string[]>> = {
  attr: ['attribute'],
  data: ['source', 'input'],
  file: ['source'],
  'input-file': ['source', 'input'],
  objects: ['source'],
  population: ['source'],
  record: ['input'],
  users: ['source'],
  user: ['id', 'input'],
  current: ['target'],
  existing: ['target'],
  o: ['out'],
  output: ['out'],
  'output-file': ['out'],
  to: ['out'],
  mapping: ['object-mapping'],
  head: ['limit'],
  max: ['limit'],
  quiet: ['brief'],
  short: ['brief'],
  summary: ['brief'],
  write: ['fix'],
  verbose: ['trace', 'notes'],
  date: ['now'],
  time: ['now'],
  clock: ['now'],
  config: ['settings'],
  options: ['settings'],
}

/** Options of other tools for what is an argument of ours. */
const positionalSynonyms: Readonly<Record<string, string>> = {
  e: 'an expression',
  expr: 'an expression',
  expression: 'an expression',
  schema: 'a schema',
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** The command that is meant by another name for it. */
export const commandMeant = (name: string): string | undefined => own(commandSynonyms, name.toLowerCase())

/** The option of a table that is meant by another name for it. */
export const optionMeant = (name: string, table: OptionTable): string | undefined =>
  own(optionSynonyms, name.toLowerCase())?.find((meant) => Object.hasOwn(table, meant))

/** What an option of another tool names that is an argument here. */
export const argumentMeant = (name: string): string | undefined => own(positionalSynonyms, name.toLowerCase())
