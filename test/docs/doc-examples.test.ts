import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { exampleSchema } from '../plan/codegen/mapping-of.js'
import { runSamples } from './samples.js'

/** The functions that a newcomer calls; each shows how. */
const first = [
  ...['compileExpression', 'parseExpression', 'printExpression', 'textForm', 'describeExpression'],
  ...['defineFunction', 'checkFunction', 'evaluateUnique'],
  ...['readSchema', 'compileMapping', 'mapObject', 'flowingValues'],
  ...[
    'mapObjectsUnique',
    'scimRequestOf',
    'withoutRedacted',
    'checkSchema',
    'lintSchema',
    'lintExpression',
    'diagnoseExpression',
    'fixExpression',
    'generateMappingModule',
    'codegen',
    'createContext',
    'settingsProblems',
    'renderFrame',
    'prettyExpression',
    'parseExpressionResponse',
    'assertEvaluatesTo',
    'writeSchema',
    'validateSchema',
    'createResource',
    'hasErrors',
    'environmentOf',
    'completeExpression',
    'hoverExpression',
    'compileFilter',
  ],
]

/** The example above each exported function of the sources, by its name. */
const examples = new Map(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(`src/${path}`, 'utf8').matchAll(
        /^ \* @example\n((?: \*(?!\/).*\n)+) \*\/\nexport const (\w+)/gm,
      ),
    ])
    .map(([, lines, name]) => [
      name === 'defineOwnFunction' ? 'defineFunction' : name!,
      lines!.replaceAll(/^ \* ?/gm, ''),
    ]),
)

const entryPoints = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string'
    ? []
    : [target.types.replace('./dist/types/', '../../src/').replace('.d.ts', '.ts')],
)

const [line] = readFileSync('docs/examples/users.ndjson', 'utf8').split('\n')

/** What examples use without saying where it comes from: the user's own files and tests. */
const surroundings = async (): Promise<Readonly<Record<string, unknown>>> => {
  const modules = await Promise.all(entryPoints.map((path) => import(new URL(path, import.meta.url).href)))
  const exported: Record<string, (...args: unknown[]) => unknown> = Object.assign({}, ...modules)
  return {
    ...exported,
    readFileSync: () => exampleSchema('entra-to-scim'),
    user: JSON.parse(line!),
    mapping: exported.compileMapping!(exampleSchema('entra-to-scim')),
    initials: exported.defineFunction!({
      name: 'Initials',
      parameters: { name: 'String' },
      returns: 'String',
      evaluate: (name: string) => name.slice(0, 1),
      examples: [{ expression: 'Initials("Ada")', result: 'A' }],
    }),
    test: (_title: string, run: () => void) => run(),
    expect,
  }
}

test('every function that a newcomer calls has an example', () => {
  expect(first.filter((name) => !examples.has(name))).toEqual([])
})

test.each([...examples].filter(([name]) => first.includes(name)))(
  'the example of %s runs',
  async (_name, code) => {
    const world = await surroundings()
    const declared = [...code.matchAll(/^const (?:\{ ([^}]+) \}|(\w+)) =/gm)].flatMap(
      ([, several, one]) => one ?? several!.split(', '),
    )
    const names = Object.keys(world).filter(
      (one) => new RegExp(`\\b${one}\\b`).test(code) && !declared.includes(one),
    )
    let stated = 0
    await runSamples([`import { ${names.join(', ')} } from 'attrflow'\n`, code], {
      load: async () => world,
      check: (expression, found, result) => {
        stated++
        expect(found, expression).toEqual(result)
      },
    })
    expect(stated > 0 || code.includes('expect('), 'an example states its result').toBe(true)
  },
)
