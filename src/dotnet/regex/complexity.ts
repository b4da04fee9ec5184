import { isNullable, type RegexNode, some } from './ast.js'
import { CharacterSet } from './character-set.js'

/**
 * An upper bound of the form factor × n^degree for a text of n code units.
 * Degree Infinity: no polynomial bound is known, as for exponential patterns.
 */
export interface Bound {
  readonly factor: number
  readonly degree: number
}

interface Cost {
  /** The number of ways in which the node can match from one position. */
  readonly ways: Bound
  /** The number of steps that trying all of them takes. */
  readonly time: Bound
}

const one: Bound = { factor: 1, degree: 0 }
/** The cost of a node that neither repeats nor branches. */
const single: Cost = { ways: one, time: one }
const unbounded: Bound = { factor: 1, degree: Number.POSITIVE_INFINITY }

/** n^degree dominates: the sum of two bounds has the larger degree and both factors. */
const add = (a: Bound, b: Bound): Bound => ({
  factor: a.factor + b.factor,
  degree: Math.max(a.degree, b.degree),
})
const multiply = (a: Bound, b: Bound): Bound =>
  a === one ? b : { factor: a.factor * b.factor, degree: a.degree + b.degree }
const power = (bound: Bound, exponent: number): Bound =>
  exponent === 0 || (bound.factor === 1 && bound.degree === 0)
    ? one
    : { factor: bound.factor ** exponent, degree: bound.degree * exponent }
const isSingle = (bound: Bound): boolean => bound.factor === 1 && bound.degree === 0

const newline = CharacterSet.of([0x0a, 0x0a])

/** The units with which a match of the node can begin (seen in reading direction), followed by `rest` where it is nullable. */
export const firstUnits = (node: RegexNode, rest: CharacterSet, behind: boolean): CharacterSet => {
  switch (node.type) {
    case 'character':
      return CharacterSet.of([node.code, node.code])
    case 'set':
      return node.set
    case 'anchor':
      // At the end of a line or text only a newline can follow; a position test at the start does not
      // restrict the units.
      if (behind) return rest
      return node.kind === 'end'
        ? CharacterSet.none
        : /^(endOrNewline|lineEnd)$/.test(node.kind)
          ? newline
          : rest
    case 'concat': {
      const items = behind ? node.items.toReversed() : node.items
      const consuming = items.findIndex((item) => !isNullable(item))
      const leading = consuming < 0 ? items : items.slice(0, consuming + 1)
      return leading.reduceRight((follow, item) => firstUnits(item, follow, behind), rest)
    }
    case 'alternation':
      return CharacterSet.of(node.items.flatMap((item) => firstUnits(item, rest, behind).ranges))
    case 'loop': {
      const body = firstUnits(node.body, rest, behind)
      return isNullable(node) ? body.union(rest) : body
    }
    case 'capture':
    case 'atomic':
      return firstUnits(node.body, rest, behind)
    case 'empty':
      return rest
    default:
      // Also for lookarounds: what they cost must count at every exit of a loop before them.
      return CharacterSet.all
  }
}

const analyzeLoop = (node: RegexNode & { type: 'loop' }, follow: CharacterSet, behind: boolean): Cost => {
  const first = firstUnits(node.body, CharacterSet.none, behind)
  const nullable = isNullable(node.body)
  const repeats = node.max > 1
  const body = analyze(node.body, repeats ? follow.union(first) : follow, behind)
  // A loop that is left early is followed by a unit that its body can begin with; if no such unit may follow,
  // only the last exit can succeed.
  const pinned = !nullable && first.isDisjoint(follow)
  if (node.max === Number.POSITIVE_INFINITY) {
    if (!isSingle(body.ways)) return { ways: unbounded, time: unbounded }
    // These may give back their whole match, so that each iteration can scan the rest of the text again.
    const rescans =
      body.time.degree > 1 ||
      some(node.body, ({ type }) => type === 'look' || type === 'atomic' || type === 'conditional')
    const time = rescans
      ? multiply(body.time, { factor: 1, degree: 1 })
      : { factor: body.time.factor + 1, degree: Math.max(1, body.time.degree) }
    return { ways: pinned ? one : { factor: 1, degree: 1 }, time }
  }
  const exits = node.max - node.min + 1
  const ways =
    pinned && isSingle(body.ways) ? one : multiply({ factor: exits, degree: 0 }, power(body.ways, node.max))
  const time = multiply(multiply({ factor: node.max, degree: 0 }, body.time), power(body.ways, node.max - 1))
  return { ways, time: add(time, { factor: exits, degree: 0 }) }
}

/** Comparing all pairs must not take long itself; more alternatives than this count as overlapping. */
const MAX_COMPARED = 200

/** Whether the next unit alone decides which of the alternatives can match. */
const areExclusive = (items: readonly RegexNode[], follow: CharacterSet, behind: boolean): boolean => {
  if (items.length > MAX_COMPARED) return false
  const firsts = items.map((item) => firstUnits(item, follow, behind))
  return firsts.every((set, i) => firsts.every((other, j) => j <= i || set.isDisjoint(other)))
}

const analyzeAlternation = (items: readonly RegexNode[], follow: CharacterSet, behind: boolean): Cost => {
  const costs = items.map((item) => analyze(item, follow, behind))
  const time = costs.reduce((sum, cost) => add(sum, cost.time), one)
  const exclusive = areExclusive(items, follow, behind)
  const ways = costs
    .map((cost) => cost.ways)
    .reduce((a, b) =>
      exclusive ? { factor: Math.max(a.factor, b.factor), degree: Math.max(a.degree, b.degree) } : add(a, b),
    )
  return { ways, time }
}

/** `follow` holds the units that may come next without the node's match failing at once. */
const analyze = (node: RegexNode, follow: CharacterSet, behind: boolean): Cost => {
  switch (node.type) {
    case 'concat': {
      const items = behind ? node.items.toReversed() : node.items
      // From the end: what follows an item is known only after the items behind it.
      const costs: Cost[] = []
      let after = follow
      for (let i = items.length - 1; i >= 0; i--) {
        costs.push(analyze(items[i]!, after, behind))
        if (i > 0) after = firstUnits(items[i]!, after, behind)
      }
      let ways = one
      let time = one
      for (let i = costs.length - 1; i >= 0; i--) {
        const cost = costs[i]!
        time = add(time, multiply(ways, cost.time))
        ways = multiply(ways, cost.ways)
      }
      return { ways, time }
    }
    case 'alternation':
      return analyzeAlternation(node.items, follow, behind)
    case 'loop':
      return analyzeLoop(node, follow, behind)
    case 'capture':
      return analyze(node.body, follow, behind)
    case 'atomic':
      return { ways: one, time: analyze(node.body, CharacterSet.none, behind).time }
    case 'look':
      return { ways: one, time: analyze(node.body, CharacterSet.none, node.behind).time }
    case 'backreference':
      return { ways: one, time: { factor: 1, degree: 1 } }
    case 'groupConditional':
    case 'conditional': {
      const branches = analyzeAlternation([node.yes, node.no], follow, behind)
      if (node.type === 'groupConditional') return branches
      return {
        ways: branches.ways,
        time: add(branches.time, analyze(node.condition, CharacterSet.none, behind).time),
      }
    }
    default:
      return single
  }
}

/** Whether a match can only begin at the start of the text. */
export const isAnchored = (node: RegexNode): boolean => {
  switch (node.type) {
    case 'anchor':
      return node.kind === 'beginning'
    case 'concat':
      return isAnchored(node.items[0]!)
    case 'alternation':
      return node.items.every(isAnchored)
    case 'capture':
    case 'atomic':
      return isAnchored(node.body)
    default:
      return false
  }
}

/**
 * Bounds the cost of a plain backtracking search for all matches, from the tree alone. It never
 * underestimates; it may overestimate, as for a loop over alternatives with a common prefix.
 */
export const searchBound = (root: RegexNode): Bound => {
  const { time } = analyze(root, CharacterSet.none, false)
  return isAnchored(root)
    ? { factor: time.factor, degree: Math.max(1, time.degree) }
    : { factor: time.factor, degree: time.degree + 1 }
}

/** The bound for a text of a length, in steps. */
export const stepsWithin = ({ factor, degree }: Bound, length: number): number =>
  factor * Math.max(1, length) ** degree

/** The longest text for which the bound stays within a number of steps. */
export const lengthWithin = (bound: Bound, steps: number): number => {
  if (bound.degree === Number.POSITIVE_INFINITY || !Number.isFinite(bound.factor)) return -1
  return bound.factor > steps ? -1 : Math.floor((steps / bound.factor) ** (1 / bound.degree))
}
