import { Document, Scalar, visit } from 'yaml'
import { shown, shownLines } from '../text/shown.js'
import type { TestFile } from './test-file.js'

/**
 * A test file as YAML, with comments at its top, one on each line. Parsing it returns the same file.
 * Characters that must not reach a terminal are escaped in quotes.
 */
export const testFileText = (file: TestFile, comments: readonly string[] = []): string => {
  const document = new Document(file, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_key, scalar) => {
      const { value } = scalar
      if (typeof value === 'string' && (shownLines(value) !== value || /[\r\n\t]/.test(value)))
        scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  const top = comments.map((comment) => `# ${shown(comment)}\n`).join('')
  // The escapes of `shown` are valid in double-quoted texts.
  return (
    top +
    shownLines(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }))
  )
}
