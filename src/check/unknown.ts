import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import { replaceFix } from '../diagnostics/fix.js'
import { signatureOf } from '../functions/define.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { AttributeReference, FunctionCall, Name } from '../syntax/ast.js'
import { closest } from '../text/suggest.js'
import type { AttributeScope } from './attribute-scope.js'
import { connectSyncFunctions, connectSyncNames } from './connect-sync.js'
import { foreignFunction } from './foreign-functions.js'

/** An unknown attribute. */
export const unknownAttribute = ({ name, span }: AttributeReference, scope: AttributeScope): Diagnostic => {
  const suggestion = scope.suggest(name)
  const extras =
    suggestion === undefined
      ? {}
      : {
          hint: `Did you mean [${suggestion}]? Names are case-sensitive.`,
          fixes: [replaceFix(`Write [${suggestion}]`, span.start, span.end, `[${suggestion}]`, false)],
        }
  return diagnostic('AF2004', span, { object: scope.description, name: `[${name}]` }, extras)
}

/** A bare word that is not a constant. */
export const unknownName = (
  { name, span }: Name,
  constants: Iterable<string>,
  attributes: AttributeScope | undefined,
): Diagnostic => {
  const fix = (title: string, text: string): ReturnType<typeof replaceFix> =>
    replaceFix(title, span.start, span.end, text, false)
  const connect = connectSyncNames.get(name)
  if (connect !== undefined) {
    const { replacement, hint } = connect
    const fixes = replacement === undefined ? {} : { fixes: [fix(`Write ${replacement}`, replacement)] }
    return diagnostic('AF2005', span, { name }, { hint, ...fixes })
  }
  const folded = [...constants].find((constant) => constant.toLowerCase() === name.toLowerCase())
  const fixes =
    folded !== undefined
      ? [fix(`Write ${folded}`, folded)]
      : attributes?.lookup(name) !== undefined
        ? [fix(`Write [${name}]`, `[${name}]`)]
        : [
            fix(`Write "${name}" if it is text`, `"${name}"`),
            fix(`Write [${name}] if it is an attribute`, `[${name}]`),
          ]
  return diagnostic('AF2003', span, { name }, { fixes })
}

/**
 * A function whose name is spelt differently: in another case (AF2002), or as on some of Microsoft's pages
 * (AF2008).
 */
export const misspeltFunction = (
  code: 'AF2002' | 'AF2008',
  { name, nameSpan }: FunctionCall,
  correct: string,
): Diagnostic =>
  diagnostic(
    code,
    nameSpan,
    { name, correct },
    { fixes: [replaceFix(`Write ${correct}`, nameSpan.start, nameSpan.end, correct)] },
  )

/** A function that the library does not have. */
export const unknownFunction = ({ name, nameSpan }: FunctionCall, library: FunctionLibrary): Diagnostic => {
  const { start, end } = nameSpan
  const foreign = foreignFunction(name, library)
  const names = library.all().map((definition) => definition.name)
  const replacement = foreign === undefined ? closest(name, names) : foreign.replacement
  const meant = replacement === undefined ? undefined : library.get(replacement)
  const extras = {
    ...(foreign !== undefined
      ? { hint: foreign.hint }
      : meant === undefined
        ? {}
        : { hint: `Did you mean ${signatureOf(meant)}?` }),
    ...(replacement === undefined
      ? {}
      : { fixes: [replaceFix(`Write ${replacement}`, start, end, replacement, false)] }),
  }
  return connectSyncFunctions.has(name)
    ? diagnostic('AF2005', nameSpan, { name }, extras)
    : diagnostic('AF2001', nameSpan, { name }, extras)
}
