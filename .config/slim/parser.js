/**
 * Chevrotain's parser without its analysis of the grammar, which `npm run generate` has done: of its parts only those
 * that run while a text is parsed, and the lookahead from a table. No recovery, no CST, no messages.
 */
import {
  getKeyForAutomaticLookahead,
  MANY_IDX,
  OPTION_IDX,
  OR_IDX,
} from '../../node_modules/chevrotain/lib/src/parse/grammar/keys.js'
import { LexerAdapter } from '../../node_modules/chevrotain/lib/src/parse/parser/traits/lexer_adapter.js'
import { RecognizerApi } from '../../node_modules/chevrotain/lib/src/parse/parser/traits/recognizer_api.js'
import { RecognizerEngine } from '../../node_modules/chevrotain/lib/src/parse/parser/traits/recognizer_engine.js'
import { applyMixins } from '../../node_modules/chevrotain/lib/src/parse/parser/utils/apply_mixins.js'
import { isRecognitionException, NoViableAltException } from './faults.js'
import lookahead from './lookahead.json' with { type: 'json' }
import { EOF } from './tokens.js'

export const END_OF_FILE = {
  image: '',
  startOffset: NaN,
  endOffset: NaN,
  tokenType: EOF,
  tokenTypeIdx: EOF.tokenTypeIdx,
}
export const DEFAULT_RULE_CONFIG = { recoveryValueFunc: () => undefined, resyncEnabled: false }

const methods = { OPTION: OPTION_IDX, MANY: MANY_IDX, OR: OR_IDX }
const nothing = () => {}

export class EmbeddedActionsParser {
  constructor(tokenTypes, config) {
    this.outputCst = false
    this.recoveryEnabled = false
    this.selfAnalysisDone = false
    this.maxLookahead = 1
    this.errorMessageProvider = config.errorMessageProvider
    this.tokenTypes = tokenTypes
    this.tokenMatcher = (token, tokenType) => token.tokenTypeIdx === tokenType.tokenTypeIdx
    this.lookaheads = new Map()
    this.shortRuleNameToFull = {}
    this.fullRuleNameToShort = {}
    this.ruleShortNameIdx = 256
    this.RULE_STACK = []
    this.RULE_OCCURRENCE_STACK = []
    this.initLexerAdapter()
  }

  RULE(name, implementation) {
    this[name] = this.defineRule(name, implementation, DEFAULT_RULE_CONFIG)
    return this[name]
  }

  /** Takes the result of the analysis: for each place that has a choice, the kinds of tokens that decide it. */
  performSelfAnalysis() {
    const indices = new Map(this.tokenTypes.map(({ name, tokenTypeIdx }) => [name, tokenTypeIdx]))
    for (const [rule, method, occurrence, choices] of lookahead) {
      const choiceByToken = []
      for (const [choice, kinds] of choices.entries()) {
        for (const kind of kinds) choiceByToken[indices.get(kind)] = method === 'OR' ? choice : true
      }
      const key = getKeyForAutomaticLookahead(this.fullRuleNameToShort[rule], methods[method], occurrence)
      this.lookaheads.set(key, () => choiceByToken[this.LA_FAST(1).tokenTypeIdx])
    }
    this.selfAnalysisDone = true
  }

  getKeyForAutomaticLookahead(method, occurrence) {
    return getKeyForAutomaticLookahead(this.currRuleShortName, method, occurrence)
  }

  getLaFuncFromCache(key) {
    return this.lookaheads.get(key)
  }

  /** Chevrotain's own ends in an attempt to recover. */
  manyInternal(occurrence, action) {
    const goesOn = this.getLaFuncFromCache(this.getKeyForAutomaticLookahead(MANY_IDX, occurrence))
    while (goesOn.call(this) === true) action.call(this)
  }

  // Chevrotain's own take two or three calls for each of these, with what recovery and a CST need. An expression of
  // 200 levels goes through them 2,000 times, which its stack has no room for before the code is optimised.
  OPTION(action) {
    const enters = this.getLaFuncFromCache(this.getKeyForAutomaticLookahead(OPTION_IDX, 0))
    return enters.call(this) === true ? action.call(this) : undefined
  }

  SUBRULE(rule) {
    this.subruleIdx = 0
    return rule.coreRule.call(this)
  }

  SUBRULE2(rule) {
    this.subruleIdx = 2
    return rule.coreRule.call(this)
  }

  SAVE_ERROR(error) {
    this.errors.push(error)
    return error
  }

  raiseNoAltException() {
    throw this.SAVE_ERROR(new NoViableAltException('', this.LA(1), this.LA(0)))
  }

  invokeRuleCatch(thrown, _resync, recovered) {
    if (this.RULE_STACK_IDX > 0 || !isRecognitionException(thrown)) throw thrown
    this.moveToTerminatedState()
    return recovered()
  }

  consumeInternalRecovery(_tokenType, _occurrence, error) {
    throw error
  }
}

applyMixins(EmbeddedActionsParser, [LexerAdapter, RecognizerEngine, RecognizerApi])
// What Chevrotain calls while it parses, and what does nothing without recovery and a CST.
for (const name of [
  'cstFinallyStateUpdate',
  'cstInvocationStateUpdate',
  'cstPostNonTerminal',
  'cstPostTerminal',
])
  EmbeddedActionsParser.prototype[name] = nothing
