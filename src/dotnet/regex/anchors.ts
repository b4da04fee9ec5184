import type { AnchorKind } from './ast.js'
import { boundarySet } from './unicode-categories.js'

const isWordAt = (text: string, index: number): boolean =>
  index >= 0 && index < text.length && boundarySet().has(text.charCodeAt(index))

/** Whether an anchor holds at a position of a text; `scanStart` is where the search began. */
export const anchorHolds = (kind: AnchorKind, text: string, position: number, scanStart: number): boolean => {
  switch (kind) {
    case 'beginning':
      return position === 0
    case 'lineStart':
      return position === 0 || text[position - 1] === '\n'
    case 'end':
      return position === text.length
    case 'lineEnd':
      return position === text.length || text[position] === '\n'
    case 'endOrNewline':
      return position === text.length || (position === text.length - 1 && text[position] === '\n')
    case 'scanStart':
      return position === scanStart
    case 'boundary':
      return isWordAt(text, position - 1) !== isWordAt(text, position)
    case 'notBoundary':
      return isWordAt(text, position - 1) === isWordAt(text, position)
  }
}
