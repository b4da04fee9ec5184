import assert from 'node:assert/strict'
import {
  completeExpression,
  hoverExpression,
  renameInExpression,
  signatureHelp,
} from '../../../src/editor/index.js'
import { compileExpression, createEnvironment, standardLibrary } from '../../../src/index.js'
import { fixExpression } from '../../../src/lint/index.js'
import { parseExpression } from '../../../src/syntax/parser.js'
import { printExpression } from '../../../src/syntax/print.js'
import { arbitraryExpression } from '../../support/arbitrary-expression.js'
import { arbitraryRecord } from '../../support/arbitrary-value.js'
import { examineText, expressionPieces } from '../../support/examine-text.js'
import {
  arbitraryHostileExpression,
  arbitraryTypedExpression,
  arbitraryUntypedExpression,
} from '../../support/typed-expression.js'
import { exampleExpressions } from '../examples.js'
import { mutateText } from '../mutate.js'
import type { Random } from '../random.js'
import type { Target } from '../target.js'

/** A text that is an expression, nearly one, or none. */
const anyText = (random: Random): string => {
  const valid = random.pick([
    () => printExpression(random.draw(arbitraryExpression)),
    () => random.draw(arbitraryTypedExpression),
    () => random.pick(exampleExpressions),
    () => Array.from({ length: random.size(60) }, () => random.pick(expressionPieces)).join(''),
  ])()
  return random.once(6) ? valid : mutateText(random, valid, expressionPieces, exampleExpressions)
}

export const parser: Target = {
  name: 'parser and repair',
  cases: 6_000,
  prepare: () => ({
    run(random) {
      const text = anyText(random)
      examineText(text)
      const { expression, diagnostics } = parseExpression(text)
      if (diagnostics.some(({ severity }) => severity === 'error')) return
      const printed = printExpression(expression)
      assert.equal(printExpression(parseExpression(printed).expression), printed, 'printing is stable')
    },
  }),
}

const environment = createEnvironment(standardLibrary)

export const evaluation: Target = {
  name: 'evaluation',
  cases: 2_500,
  prepare: () => ({
    run(random) {
      const arbitrary = random.pick([
        arbitraryHostileExpression,
        arbitraryTypedExpression,
        arbitraryUntypedExpression,
      ])
      const text = random.draw(arbitrary)
      const compiled = compileExpression(random.once(2) ? text : mutateText(random, text, expressionPieces))
      for (let records = 0; records < 2; records++) {
        const outcome = compiled.evaluate(random.draw(arbitraryRecord))
        assert(['value', 'null', 'ignoreAttribute', 'ignoreObject', 'error'].includes(outcome.kind))
        if (outcome.kind === 'error') assert.notEqual(outcome.diagnostics.length, 0)
      }
    },
  }),
}

export const editor: Target = {
  name: 'editor and fixes',
  cases: 2_000,
  prepare: () => ({
    run(random) {
      const text = anyText(random)
      const offset = random.below(text.length + 1)
      for (const { edit } of completeExpression(text, offset, { environment }))
        assert(edit.span.start <= offset && offset <= edit.span.end, 'a proposal is for the cursor')
      hoverExpression(text, offset, { environment })
      signatureHelp(text, offset, { environment })
      renameInExpression(text, 'mail', 'a]b')
      fixExpression(text, environment)
    },
  }),
}
