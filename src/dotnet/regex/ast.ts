import { CharacterSet } from './character-set.js'

/** Where a node stands in its pattern, in UTF-16 code units, half open. */
export interface PatternSpan {
  readonly start: number
  readonly end: number
}

/**
 * Zero-width tests of the position alone:
 * `beginning` \A, `lineStart` ^ with m, `end` \z, `endOrNewline` \Z and $, `lineEnd` $ with m, `scanStart` \G
 */
export type AnchorKind =
  | 'beginning'
  | 'lineStart'
  | 'end'
  | 'endOrNewline'
  | 'lineEnd'
  | 'scanStart'
  | 'boundary'
  | 'notBoundary'

export type RegexNode = PatternSpan &
  (
    | { readonly type: 'empty' }
    | { readonly type: 'character'; readonly code: number }
    | { readonly type: 'set'; readonly set: CharacterSet }
    | { readonly type: 'anchor'; readonly kind: AnchorKind }
    | { readonly type: 'concat'; readonly items: readonly RegexNode[] }
    | { readonly type: 'alternation'; readonly items: readonly RegexNode[] }
    /** `group` −1: nothing is captured; `releases` −1: no group is balanced. */
    | {
        readonly type: 'capture'
        readonly group: number
        readonly releases: number
        readonly body: RegexNode
      }
    /** `max` is Infinity if it is open. */
    | {
        readonly type: 'loop'
        readonly min: number
        readonly max: number
        readonly lazy: boolean
        readonly body: RegexNode
      }
    | { readonly type: 'atomic'; readonly body: RegexNode }
    | {
        readonly type: 'look'
        readonly behind: boolean
        readonly negative: boolean
        readonly body: RegexNode
      }
    | { readonly type: 'backreference'; readonly group: number; readonly ignoreCase: boolean }
    | {
        readonly type: 'groupConditional'
        readonly group: number
        readonly yes: RegexNode
        readonly no: RegexNode
      }
    | {
        readonly type: 'conditional'
        readonly condition: RegexNode
        readonly yes: RegexNode
        readonly no: RegexNode
      }
  )

/** The groups of a pattern in the order of their numbers; group 0 is the whole match. */
export interface RegexGroups {
  readonly numbers: readonly number[]
  readonly names: readonly string[]
  /** The index of each number in `numbers`. */
  readonly slots: ReadonlyMap<number, number>
  /** Explicit names only; digits are looked up in `slots`. */
  readonly byName: ReadonlyMap<string, number>
}

export interface RegexPattern {
  readonly source: string
  readonly root: RegexNode
  readonly groups: RegexGroups
}

/** The units that a node of one character or class stands for; undefined for any other node. */
export const unitSet = (node: RegexNode): CharacterSet | undefined =>
  node.type === 'set'
    ? node.set
    : node.type === 'character'
      ? CharacterSet.of([node.code, node.code])
      : undefined

/** The nodes directly inside a node. */
export const children = (node: RegexNode): readonly RegexNode[] => {
  switch (node.type) {
    case 'concat':
    case 'alternation':
      return node.items
    case 'capture':
    case 'loop':
    case 'atomic':
    case 'look':
      return [node.body]
    case 'groupConditional':
      return [node.yes, node.no]
    case 'conditional':
      return [node.condition, node.yes, node.no]
    default:
      return []
  }
}

/** Whether any node of the tree satisfies the test. */
export const some = (node: RegexNode, test: (node: RegexNode) => boolean): boolean =>
  test(node) || children(node).some((child) => some(child, test))

/** The number of nodes of the tree that satisfy the test. */
export const count = (node: RegexNode, test: (node: RegexNode) => boolean): number =>
  children(node).reduce((sum, child) => sum + count(child, test), test(node) ? 1 : 0)

/** Whether the node can match without consuming anything. */
export const isNullable = (node: RegexNode): boolean => {
  switch (node.type) {
    case 'character':
    case 'set':
      return false
    case 'concat':
      return node.items.every(isNullable)
    case 'alternation':
      return node.items.some(isNullable)
    case 'capture':
    case 'atomic':
      return isNullable(node.body)
    case 'loop':
      return node.min === 0 || isNullable(node.body)
    case 'groupConditional':
    case 'conditional':
      return isNullable(node.yes) || isNullable(node.no)
    default:
      return true
  }
}

/** Whether a node captures into (or releases from) any group. */
export const hasCaptures = (node: RegexNode): boolean => some(node, (inner) => inner.type === 'capture')
