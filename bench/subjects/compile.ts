import { codegen } from '../../src/codegen.js'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { compileExpression } from '../../src/expression/compile.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { visit } from '../../src/syntax/walk.js'
import { attributesOf, parseWithChevrotain } from '../baseline/chevrotain-parser.js'
import { type Subject, subjectOf } from '../harness/subject.js'
import { benchExpressions } from '../workload/expressions.js'

/** A subject that handles the texts; what is compared are the attributes that it finds in them. */
const textSubject = <Result>(
  work: (text: string) => Result,
  attributes: (result: Result) => readonly string[],
): Subject => {
  const texts = benchExpressions()
  return {
    ...subjectOf(texts, work),
    // The same thousand over and over make the ten thousand that are asked for.
    outputs: () => Array.from({ length: 10 }, () => texts.map((text) => attributes(work(text)))).flat(),
  }
}

const withoutErrors = <Result extends Pick<ReturnType<typeof parseExpression>, 'diagnostics'>>(
  result: Result,
): Result => {
  if (hasErrors(result.diagnostics)) throw new Error('an expression of the benchmark has errors')
  return result
}

const attributesIn = ({ expression }: ReturnType<typeof parseExpression>): readonly string[] => {
  const names = new Set<string>()
  visit(expression, (node) => {
    if (node.type === 'AttributeReference') names.add(node.name)
  })
  return [...names]
}

/** Parsing, checking and compiling a thousand different expressions, and parsing them alone. */
export const compileSubjects: Readonly<Record<string, () => Subject>> = {
  'closures/compile': () =>
    textSubject(
      (text) => withoutErrors(compileExpression(text)),
      ({ attributes }) => attributes,
    ),
  'codegen/compile': () =>
    textSubject(
      (text) => withoutErrors(compileExpression(text, { backend: codegen })),
      ({ attributes }) => attributes,
    ),
  'attrflow/parse': () => textSubject((text) => withoutErrors(parseExpression(text)), attributesIn),
  'chevrotain/parse': () => textSubject(parseWithChevrotain, attributesOf),
}
