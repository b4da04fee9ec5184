import type { OptionTable } from './command.js'

/** Names that other tools use for attrflow's commands. */
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

/** Names that other tools use for attrflow's options; the first one that the command has is suggested. */
const optionSynonyms: Readonly<Record<string, readonly string[]>> = {
  attr: ['attribute'],
  data: ['source', 'input'],
  file: ['source'],
  'input-file': ['source', 'input'],
  input: ['source'],
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
  fix: ['write'],
  verbose: ['trace', 'notes'],
  date: ['now'],
  time: ['now'],
  clock: ['now'],
  config: ['settings'],
  options: ['settings'],
}

/** Options of other tools that are arguments in attrflow. */
const positionalSynonyms: Readonly<Record<string, string>> = {
  e: 'an expression',
  expr: 'an expression',
  expression: 'an expression',
  schema: 'a schema',
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** The command that another name stands for. */
export const commandMeant = (name: string): string | undefined => own(commandSynonyms, name.toLowerCase())

/** The option of a table that another name stands for. */
export const optionMeant = (name: string, table: OptionTable): string | undefined =>
  own(optionSynonyms, name.toLowerCase())?.find((meant) => Object.hasOwn(table, meant))

/** The argument that an option of another tool stands for. */
export const argumentMeant = (name: string): string | undefined => own(positionalSynonyms, name.toLowerCase())
