import { readFileSync } from 'node:fs'
import ts from 'typescript'

const root = new URL('../../', import.meta.url)

/** A page of the documentation, by its path from the root. */
export const readPage = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** The code blocks of a page in one of the languages, in their order. */
export const blocksOf = (markdown: string, ...languages: readonly string[]): readonly string[] =>
  [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, language, code]) =>
    languages.includes(language!) ? [code!] : [],
  )

/** Whether a comment states a result, rather than says something. */
const isResult = (text: string): boolean => {
  const { diagnostics = [] } = ts.transpileModule(`(${text})`, { reportDiagnostics: true })
  return diagnostics.length === 0 && /^([[{'"\d-]|true$|false$|null$|undefined$)/.test(text)
}

/** `import { a as b } from 'x'` as a declaration that asks for the module. */
const importsAsDeclarations = (code: string): string =>
  code
    .replace(
      /^import (\{[^}]*\}) from ('[^']*')/gm,
      (_all, names: string, module: string) =>
        `const ${names.replace(/\btype \w+,?/g, '').replace(/ as /g, ': ')} = await load(${module})`,
    )
    .replace(/^import (\w+) from ('[^']*')/gm, 'const { default: $1 } = await load($2)')
    .replace(/^export (?=const|function|async)/gm, '')

/**
 * A sample with its statements of results turned into calls of `check`: `f(x) // 1` and `console.log(a, b) // a b`,
 * the comment behind the statement or on the next line.
 */
const withChecks = (code: string): string => {
  const file = ts.createSourceFile('sample.ts', code, ts.ScriptTarget.Latest, true)
  const edits = file.statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement)) return []
    const { expression } = statement
    const comment = /^;?[ \t]*\n?[ \t]*\/\/ (.*)/.exec(code.slice(expression.end))?.[1]
    if (comment === undefined) return []
    const text = expression.getText(file)
    const quoted = JSON.stringify(text)
    if (text.startsWith('console.log('))
      return [{ expression, call: `printed(${quoted}, ${JSON.stringify(comment)}, [${text.slice(12, -1)}])` }]
    return isResult(comment) ? [{ expression, call: `check(${quoted}, ${text}, ${comment})` }] : []
  })
  return edits.reduceRight(
    (rest, { expression, call }) =>
      rest.slice(0, expression.getStart(file)) + call + rest.slice(expression.end),
    code,
  )
}

/** What running samples needs of its surroundings. */
export interface SampleWorld {
  /** The exports of a module that a sample imports. */
  load(module: string): Promise<unknown>
  /** Called with each result that a sample states. */
  check(expression: string, found: unknown, stated: unknown): void
}

/** Runs the blocks of a page as one program. */
export const runSamples = async (blocks: readonly string[], { load, check }: SampleWorld): Promise<void> => {
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext }
  const code = withChecks(importsAsDeclarations(blocks.join('\n')))
  const { outputText } = ts.transpileModule(code, { compilerOptions })
  const printed = (expression: string, stated: string, values: readonly unknown[]): void =>
    check(expression, values.map(String).join(' '), stated)
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>
  const run = new AsyncFunction('load', 'check', 'printed', 'console', outputText)
  await run(load, check, printed, { log: () => {} })
}
