// What each entry point exports, one line an export, below test/api: a change of the API is seen in review.
//   node .config/api-report.mjs            fails when the built declarations differ from the report
//   node .config/api-report.mjs --update   writes the report
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'test/api')
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const entries = Object.entries(exports).flatMap(([name, target]) =>
  typeof target === 'string' ? [] : [[name, join(root, target.types)]],
)

const program = ts.createProgram(
  entries.map(([, file]) => file),
  { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, strict: true, types: [] },
)
const checker = program.getTypeChecker()
const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope

/** Longer lines say how long they are instead. */
const LONGEST = 400

const cut = (text) => {
  const line = text.replace(/\s+/g, ' ').replace(/import\("[^"]*"\)\./g, '')
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}… (${line.length} characters)`
}

const membersOf = (symbol) =>
  checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .filter(({ name }) => !name.startsWith('__') && !name.startsWith('#'))
    .map((property) => {
      const optional = property.flags & ts.SymbolFlags.Optional ? '?' : ''
      return `${property.name}${optional}: ${checker.typeToString(checker.getTypeOfSymbol(property), undefined, flags)}`
    })
    .join('; ')

const lineOf = (exported) => {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const { name } = exported
  if (symbol.flags & ts.SymbolFlags.Class) return `class ${name} { ${membersOf(symbol)} }`
  if (symbol.flags & ts.SymbolFlags.Interface) return `interface ${name} { ${membersOf(symbol)} }`
  if (symbol.flags & ts.SymbolFlags.TypeAlias) {
    const type = checker.getDeclaredTypeOfSymbol(symbol)
    return `type ${name} = ${checker.typeToString(type, undefined, flags | ts.TypeFormatFlags.InTypeAlias)}`
  }
  return `const ${name}: ${checker.typeToString(checker.getTypeOfSymbol(symbol), undefined, flags)}`
}

const reports = new Map(
  entries.map(([name, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file))
    const lines = checker.getExportsOfModule(module).map((symbol) => cut(lineOf(symbol)))
    const fileName = `${name === '.' ? 'attrflow' : name.slice(2).replaceAll('/', '-')}.txt`
    return [fileName, `${lines.sort().join('\n')}\n`]
  }),
)

if (process.argv.includes('--update')) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of reports) writeFileSync(join(folder, name), text)
} else {
  const faults = []
  for (const [name, text] of reports) {
    let known = ''
    try {
      known = readFileSync(join(folder, name), 'utf8')
    } catch {
      faults.push(`${name} is not in the report`)
      continue
    }
    const [before, now] = [known, text].map((one) => new Set(one.split('\n')))
    for (const line of before) if (!now.has(line)) faults.push(`${name} - ${line}`)
    for (const line of now) if (!before.has(line)) faults.push(`${name} + ${line}`)
  }
  for (const name of readdirSync(folder))
    if (!reports.has(name)) faults.push(`${name} is no entry point any more`)
  if (faults.length > 0) {
    console.error(
      `The API is another one than test/api says:\n${faults.join('\n')}\nIf that is meant: npm run api`,
    )
    process.exit(1)
  }
}
