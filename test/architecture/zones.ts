/** The storeys of the house, lowest first; a zone sees the zones of lower storeys and itself. */
const storeys: readonly (readonly string[])[] = [
  ['text'],
  ['diagnostics'],
  ['dotnet'],
  ['values'],
  ['functions/runtime'],
  ['syntax', 'functions'],
  ['check'],
  ['ir'],
  ['plan'],
  ['expression'],
  ['schema'],
  ['filter', 'scim'],
  ['mapping'],
  ['graph'],
  ['sources'],
  ['lint'],
  ['editor'],
  ['verify', 'views'],
  ['runtime'],
  ['index', 'batch', 'print', 'settings', 'codegen', 'decisions', 'testing'],
  ['cycle', 'state'],
  ['connect'],
  ['provision'],
  ['distribute'],
  ['serve'],
  ['lsp', 'web'],
  ['cli'],
]

/** What generated modules import must not bring along: declarations with their documentation, and the parser. */
const hiddenFromRuntime: ReadonlySet<string> = new Set(['syntax', 'functions', 'check', 'schema'])

const storeyOf = new Map(storeys.flatMap((zones, storey) => zones.map((zone) => [zone, storey] as const)))

/** Zones that run on Node alone. */
const nodeZones: ReadonlySet<string> = new Set([
  'cycle',
  'state',
  'connect',
  'distribute',
  'serve',
  'lsp',
  'cli',
])

/** Which zones may import which packages: they are bundled, or optional peers that are loaded when used. */
const packages: ReadonlyMap<string, readonly string[]> = new Map([
  ['chevrotain', ['syntax']],
  ['jsonc-parser', ['schema']],
  ['@jridgewell/gen-mapping', ['plan']],
  ['csv-stringify', ['sources', 'cycle', 'verify', 'cli']],
  ['fast-string-width', ['text']],
  ['@noble/hashes', ['text']],
  ['picomatch', ['cli']],
  ['diff', ['cli', 'verify']],
  ['yaml', ['verify', 'provision', 'cli']],
  ['@cfworker/json-schema', ['verify', 'cli']],
  ['istanbul-lib-coverage', ['cli']],
  ['istanbul-lib-report', ['cli']],
  ['istanbul-reports', ['cli']],
  ['mutation-testing-elements', ['cli']],
  ['open', ['cli']],
  ['preact', ['web']],
  ['@codemirror/state', ['web']],
  ['@codemirror/view', ['web']],
  ['@codemirror/commands', ['web']],
  ['@codemirror/autocomplete', ['web']],
  ['@codemirror/lint', ['web']],
  ['vscode-languageserver', ['lsp']],
  ['vscode-languageserver-textdocument', ['lsp']],
  ['ldapts', ['connect']],
  ['kysely', ['state', 'connect']],
  ['mysql2', ['connect']],
  ['pg', ['state', 'connect', 'distribute']],
  ['pg-boss', ['distribute']],
  ['@photostructure/sqlite', ['state', 'connect']],
])

/** What Node has and browsers lack, or have in another form. */
const nodeGlobals = [
  'Buffer',
  'process',
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
  'global',
  'setImmediate',
  'clearImmediate',
]

/** What turns text into a program. */
const evaluators = ['eval', 'Function']

/** The one place that may, when asked to. */
const mayEvaluate = (file: string): boolean => /^plan\/codegen(\/|\.ts$)/.test(file)

/** The one place that loads a module that the user names: functions of their own. */
export const mayComputeImports = (file: string): boolean => file === 'cli/node-io.ts'

/** The zone of a file, named by its path below src. */
export const zoneOf = (file: string): string => {
  if (/^functions\/runtime\/|\.runtime\.ts$/.test(file)) return 'functions/runtime'
  return file.replace(/\/.*|\.ts$/, '')
}

/** Why a file may not import another one; undefined when it may. Paths are below src. */
export const forbiddenImport = (from: string, to: string): string | undefined => {
  const [zone, target] = [zoneOf(from), zoneOf(to)]
  const [storey, targetStorey] = [storeyOf.get(zone), storeyOf.get(target)]
  if (storey === undefined || targetStorey === undefined) {
    return `${from} → ${to}: ${storey === undefined ? zone : target} is not a zone of the house`
  }
  const hidden = zone === 'runtime' && hiddenFromRuntime.has(target)
  if (zone === target || (targetStorey < storey && !hidden)) return undefined
  return `${from} → ${to}: ${zone} must not see ${target}`
}

/** Why a file may not import a package or a module of Node; undefined when it may. */
export const forbiddenPackage = (from: string, specifier: string): string | undefined => {
  const zone = zoneOf(from)
  if (specifier.startsWith('node:')) {
    return nodeZones.has(zone)
      ? undefined
      : `${from} → ${specifier}: only ${[...nodeZones].join(' and ')} run on Node`
  }
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
  const zones = packages.get(name)
  if (zones === undefined) return `${from} → ${specifier}: ${name} is not a package of this project`
  return zones.includes(zone)
    ? undefined
    : `${from} → ${specifier}: only ${zones.join(' and ')} may import ${name}`
}

/** Why a file may not use names that it does not declare. */
export const forbiddenNames = (from: string, freeNames: ReadonlySet<string>): readonly string[] => [
  ...evaluators
    .filter((name) => freeNames.has(name) && !mayEvaluate(from))
    .map((name) => `${from}: only plan/codegen may use ${name}`),
  ...nodeGlobals
    .filter((name) => freeNames.has(name) && !nodeZones.has(zoneOf(from)))
    .map((name) => `${from}: ${name} is a global of Node`),
]

/** The packages that src may import. */
export const packageNames: readonly string[] = [...packages.keys()]

/** The zones there are. */
export const zoneNames: readonly string[] = storeys.flat()
