import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, it } from 'vitest'
import { generateMappingModule } from '../../../src/codegen.js'
import { EvaluationError } from '../../../src/values/fault.js'
import { evaluateModule } from './load.js'
import { compileFirst, schemaOf } from './mapping-of.js'

const compiled = compileFirst(
  schemaOf([
    { target: 'emails[type eq "work"].value', expression: 'Append([a],\n  ToLower(Item([b], 2)))' },
    { target: 'name', expression: '[c]' },
    { target: 'again', expression: 'Left(Item([b], 2), 3)' },
    { target: 'name', expression: 'Trim([c])' },
  ]),
)
const { code, map } = generateMappingModule(compiled, { file: 'my mapping.mjs' }).module!
const trace = new TraceMap(map!)
const lines = code.split('\n')

/** The part of an expression that a line of the module leads to. */
const originOf = (line: number): { source: string; rest: string } | undefined => {
  const column = lines[line]!.search(/\S|$/)
  const found = originalPositionFor(trace, { line: line + 1, column })
  if (found.source === null) return undefined
  const text = sourceContentFor(trace, found.source)!
  return { source: found.source, rest: text.split('\n')[found.line - 1]!.slice(found.column) }
}

describe('the source map', () => {
  it('has the expressions for sources, each under a name of its own', () => {
    const { sources, sourcesContent, file } = trace
    expect(file).toBe('my mapping.mjs')
    expect(sources).toEqual([
      'emails%5Btype%20eq%20%22work%22%5D.value.expr',
      'name.expr',
      'again.expr',
      'name-2.expr',
    ])
    expect(sourcesContent).toEqual(compiled.attributes.map(({ expression }) => expression))
    expect(lines.at(-2)).toBe('//# sourceMappingURL=my%20mapping.mjs.map')
  })

  it('leads from each line that can fail to the call that fails', () => {
    const calls = lines.flatMap((text, line) => (text.includes('applyCall(') ? [line] : []))
    expect(calls.map(originOf)).toEqual([
      { source: 'emails%5Btype%20eq%20%22work%22%5D.value.expr', rest: 'Item([b], 2)))' },
      { source: 'emails%5Btype%20eq%20%22work%22%5D.value.expr', rest: 'ToLower(Item([b], 2)))' },
      { source: 'emails%5Btype%20eq%20%22work%22%5D.value.expr', rest: 'Append([a],' },
      // Computed before, unless the first attribute failed: then it is this place that computes it.
      { source: 'again.expr', rest: 'Item([b], 2), 3)' },
      { source: 'again.expr', rest: 'Left(Item([b], 2), 3)' },
      { source: 'name-2.expr', rest: 'Trim([c])' },
    ])
  })

  it('says nothing of lines that belong to no expression', () => {
    for (const start of ['import ', 'const sites', 'function run', '  let t0', 'export function map']) {
      const line = lines.findIndex((text) => text.startsWith(start))
      expect(line, start).toBeGreaterThanOrEqual(0)
      expect(originOf(line), start).toBeUndefined()
    }
  })

  it('agrees with the positions of errors', () => {
    const row = evaluateModule(code).map({ a: 'x', b: ['1', { id: 'object' }], c: ['y'] })
    if (row === null || row instanceof EvaluationError) throw new TypeError('the object is in scope')
    const [{ span, calls, path }] = (row.again as EvaluationError).diagnostics as [
      EvaluationError['diagnostics'][number],
    ]
    expect({ span, calls, path }).toEqual({ span: { start: 0, end: 21 }, calls: ['Left'], path: 'again' })
  })
})
