import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const beside = (name) => fileURLToPath(new URL(name, import.meta.url))

const parser = beside('./parser.js')
const isSource = (id) => /[\\/]src[\\/]syntax[\\/]/.test(id)

/** Modules of Chevrotain in whose place there are shorter ones. */
const replacements = new Map([
  ['lodash-es', beside('./lodash.js')],
  ['parser.js', parser],
  ['tokens.js', beside('./tokens.js')],
  ['tokens_public.js', beside('./tokens.js')],
  ['exceptions_public.js', beside('./faults.js')],
])

/** Marks the parts of Chevrotain's parser that are cut down; the whole parts can be loaded beside them. */
const mark = '?slim'

/** Of each part the methods that run while a text is parsed by our grammar. */
const neededMethods = {
  'lexer_adapter.js': 'LA LA_FAST consumeToken initLexerAdapter input moveToTerminatedState resetLexerState',
  'recognizer_api.js': 'ACTION CONSUME MANY OR',
  'recognizer_engine.js': `consumeInternal consumeInternalError defineRule getCurrRuleFullName isAtEndOfInput
    onAfterParse onBeforeParse orInternal reset ruleFinallyStateUpdate ruleInvocationStateUpdate`,
}

/** A text with ranges of it written anew. */
const edited = (text, edits) =>
  edits.reduceRight(
    (rest, [{ start, end }, written]) => rest.slice(0, start) + written + rest.slice(end),
    text,
  )

const methodsIn = ({ body }) =>
  body.flatMap(({ declaration }) => (declaration?.type === 'ClassDeclaration' ? declaration.body.body : []))

/** The names that a module uses. */
const namesIn = (node) => {
  if (node === null || typeof node !== 'object') return []
  return node.type === 'Identifier' ? [node.name] : Object.values(node).flatMap(namesIn)
}

/** An import of what is used alone, so that nothing is loaded that only dropped methods needed. */
const importOf = ({ specifiers, source }, names) => {
  const used = specifiers.map(({ local }) => local.name).filter((name) => names.has(name))
  return used.length === 0 ? '' : `import { ${used.join(', ')} } from ${source.raw}`
}

/**
 * Bundles Chevrotain as far as src/ runs it: without its lexer, without lodash-es, and without the analysis of the
 * grammar, whose result is in a table; see the files beside this one. Whoever else imports Chevrotain, such as the
 * generation of that table, gets its whole parser.
 */
export const slimChevrotain = {
  name: 'slim-chevrotain',
  resolveId(source, importer) {
    if (importer === undefined) return null
    if (source === 'chevrotain') return isSource(importer) ? beside('./chevrotain.js') : null
    if (importer === parser && basename(source) in neededMethods)
      return resolve(dirname(parser), source) + mark
    if (!importer.endsWith(mark)) return null
    return replacements.get(basename(source)) ?? resolve(dirname(importer), source)
  },
  async load(id) {
    if (!id.endsWith(mark)) return null
    const path = id.slice(0, -mark.length)
    const code = await readFile(path, 'utf8')
    const needed = neededMethods[basename(path)].split(/\s+/)
    const others = methodsIn(this.parse(code)).filter(({ key }) => !needed.includes(key.name))
    const fewer = edited(
      code,
      others.map((method) => [method, '']),
    )
    const { body } = this.parse(fewer)
    const isImport = ({ type }) => type === 'ImportDeclaration'
    const names = new Set(namesIn(body.filter((node) => !isImport(node))))
    return edited(
      fewer,
      body.filter(isImport).map((node) => [node, importOf(node, names)]),
    )
  },
}
