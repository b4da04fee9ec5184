import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const beside = (name) => fileURLToPath(new URL(name, import.meta.url))

const parser = beside('./parser.js')
const isSource = (id) => /[\\/]src[\\/]syntax[\\/]/.test(id)

/** The parts of Chevrotain that are small enough to be taken whole. */
const isWhole = (id) =>
  /[\\/]node_modules[\\/]chevrotain[\\/].*(tokens|tokens_public|exceptions_public)\.js$/.test(id)

/** Marks the parts of Chevrotain's parser that are cut down; the whole parts can be loaded beside them. */
const mark = '?slim'

/** Of each part the methods that run while a text is parsed by our grammar. */
const neededMethods = {
  'lexer_adapter.js': 'LA LA_FAST consumeToken initLexerAdapter input moveToTerminatedState resetLexerState',
  'recognizer_api.js': 'ACTION CONSUME MANY OPTION OR SUBRULE SUBRULE2',
  'recognizer_engine.js': `consumeInternal consumeInternalError defineRule getCurrRuleFullName initRecognizerEngine
    invokeRuleCatch isAtEndOfInput isBackTracking onAfterParse onBeforeParse optionInternal optionInternalLogic
    orInternal reset ruleFinallyStateUpdate ruleInvocationStateUpdate subruleInternal subruleInternalError`,
}

/** A module without what `isDropped` says of its imports and of the methods of its classes. */
const without = (code, program, isDropped) => {
  const nodes = program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration') return [node]
    return node.declaration?.type === 'ClassDeclaration' ? node.declaration.body.body : []
  })
  return nodes
    .filter(isDropped)
    .reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), code)
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
    if (!importer.endsWith(mark) && !isWhole(importer)) return null
    if (source === 'lodash-es') return beside('./lodash.js')
    if (/(^|\/)lexer_public\.js$/.test(source)) return beside('./lexer.js')
    if (!importer.endsWith(mark)) return null
    return /\/parser\.js$/.test(source) ? parser : resolve(dirname(importer), source)
  },
  async load(id) {
    if (!id.endsWith(mark)) return null
    const path = id.slice(0, -mark.length)
    const code = await readFile(path, 'utf8')
    const needed = neededMethods[basename(path)].split(/\s+/)
    const fewer = without(
      code,
      this.parse(code),
      ({ key }) => key !== undefined && !needed.includes(key.name),
    )
    // What only the dropped methods used is not even loaded.
    return without(fewer, this.parse(fewer), ({ type, specifiers }) => {
      const isUsed = ({ local }) => fewer.split(new RegExp(`\\b${local.name}\\b`)).length > 2
      return type === 'ImportDeclaration' && !specifiers.some(isUsed)
    })
  },
}
