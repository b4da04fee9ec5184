import type { Command, CommandBody } from '../command.js'

/** A command as the help lists it. Its code is loaded only when it is called. */
export interface CommandEntry {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  load(): Promise<Command>
}

const entry = (name: string, summary: string, body: () => Promise<CommandBody>): CommandEntry => ({
  name,
  summary,
  load: async () => ({ name, summary, ...(await body()) }),
})

/** The commands, in the order of the help. A command is one file and one entry here. */
export const commands: readonly CommandEntry[] = [
  entry(
    'eval',
    'Evaluate an expression for one object, or many requests as JSON lines',
    async () => (await import('./eval.js')).evalCommand,
  ),
  entry(
    'check',
    'Show what is wrong with expressions or schemas, and what may be unintended',
    async () => (await import('./check.js')).checkCommand,
  ),
  entry(
    'fmt',
    'Format expressions for reading, or as the service stores them',
    async () => (await import('./fmt.js')).fmtCommand,
  ),
  entry(
    'describe',
    'Say in plain English what an expression does',
    async () => (await import('./describe.js')).describeCommand,
  ),
  entry(
    'functions',
    'Print the reference of the functions',
    async () => (await import('./functions.js')).functionsCommand,
  ),
  entry(
    'operators',
    'Print the reference of the operators of scoping filters',
    async () => (await import('./operators.js')).operatorsCommand,
  ),
  entry(
    'rules',
    'Print the reference of the rules that check applies',
    async () => (await import('./rules.js')).rulesCommand,
  ),
  entry(
    'map',
    'Map a population through an object mapping of a schema',
    async () => (await import('./map.js')).mapCommand,
  ),
  entry(
    'explain',
    'Show each step for one object: import, scope, match, every attribute',
    async () => (await import('./explain.js')).explainCommand,
  ),
  entry(
    'preview',
    'Open a page that shows expressions, users, mappings and filters',
    async () => (await import('./preview.js')).previewCommand,
  ),
  entry(
    'schema',
    'Show the mappings of a schema, extract its expressions to files, or put them back',
    async () => (await import('./schema.js')).schemaCommand,
  ),
  entry(
    'build',
    'Compile an object mapping into an ES module',
    async () => (await import('./build.js')).buildCommand,
  ),
  entry(
    'test',
    'Run the tests of mappings and expressions',
    async () => (await import('./test.js')).testCommand,
  ),
  entry(
    'diff',
    'Compare two schemas, and their results for a population',
    async () => (await import('./diff.js')).diffCommand,
  ),
  entry(
    'generate',
    'Generate source objects for a schema, for tests, demos and benchmarks',
    async () => (await import('./generate.js')).generateCommand,
  ),
  entry(
    'job',
    'Run provisioning cycles against a SCIM service, a directory or a database',
    async () => (await import('./job.js')).jobCommand,
  ),
  entry(
    'target',
    'Test how a SCIM service handles the requests of a job',
    async () => (await import('./target.js')).targetCommand,
  ),
  entry(
    'serve',
    'Serve a job over an HTTP API in the form of Microsoft Graph, with bulkUpload',
    async () => (await import('./serve.js')).serveCommand,
  ),
  entry(
    'send',
    'Send users to a bulkUpload endpoint of API-driven inbound provisioning',
    async () => (await import('./send.js')).sendCommand,
  ),
  entry(
    'lsp',
    'Run the language server: diagnostics, completion, hover, fixes, renaming',
    async () => (await import('./lsp.js')).lspCommand,
  ),
]

/** All commands, loaded. */
export const allCommands = (): Promise<readonly Command[]> => Promise.all(commands.map((one) => one.load()))
