import type { Peer } from './define.js'
import { celJs, exprEval, filtrex, jexl, jsonata } from './infix.js'
import { jsonLogic } from './json-logic.js'

/** The engines that attrflow is measured against, by the name of their package. */
export const peers: Readonly<Record<string, () => Promise<Peer>>> = {
  'json-logic-engine': jsonLogic,
  filtrex,
  '@marcbachmann/cel-js': celJs,
  'expr-eval-fork': exprEval,
  jexl,
  jsonata,
}
