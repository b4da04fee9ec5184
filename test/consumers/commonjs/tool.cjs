const { compileExpression } = require('attrflow')
const { renderFrame } = require('attrflow/print')

const good = compileExpression('Left([mail], 3)').evaluate({ mail: 'ada@example.org' })
const bad = compileExpression('IIF([a] == "x", "1", "2")')
console.log(
  JSON.stringify([good, renderFrame(bad.diagnostics[0], bad.source, { color: false }).split('\n')[0]]),
)
