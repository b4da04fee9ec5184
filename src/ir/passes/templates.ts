import { mapOperands, mapUnit } from '../children.js'
import type { Callee, CallNode, IrNode, TemplateNode, TemplatePart } from '../node.js'
import { definePass, type Pass } from './define.js'

/**
 * Functions that change each character for itself: of texts that are put together, they may change each one before.
 * (What an accent or half a surrogate pair does to its neighbour is cut off by the ASCII text between two inputs.)
 */
const CHARACTERWISE: ReadonlySet<string> = new Set([
  'ToLower',
  'ToUpper',
  'StripSpaces',
  'NormalizeDiacritics',
])
/** Those among them that never leave nothing of a text. */
const CASING: ReadonlySet<string> = new Set(['ToLower', 'ToUpper'])
/** Leaves that take a part of a text, and never fail. */
const CUTTING: ReadonlySet<string> = new Set(['leftLeaf', 'midLeaf', 'wordLeaf'])
/** Functions that put two texts together. */
const APPENDING: ReadonlySet<string> = new Set(['Append', '&'])

/** More of the longest short texts could come near the limit of a text. */
const MOST_PARTS = 16
const LONGEST_LITERAL = 4_096

interface Template {
  readonly pieces: TemplateNode['pieces']
  /** Texts that are not "" never give "". Join leaves out what is. */
  readonly nonEmpty: boolean
}

const isPart = (piece: string | TemplatePart): piece is TemplatePart => typeof piece !== 'string'

/** Texts next to each other are one. */
const merged = (pieces: readonly (string | TemplatePart)[]): TemplateNode['pieces'] => {
  const result: (string | TemplatePart)[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (piece === '') continue
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece
    else result.push(piece)
  }
  return result
}

/** Whether ASCII text stands between all inputs, and around them is nothing else. */
const isSeparated = (pieces: Template['pieces']): boolean =>
  pieces.every((piece, index) =>
    isPart(piece) ? index === 0 || !isPart(pieces[index - 1]!) : /^[\0-\x7f]*$/.test(piece),
  )

const withStep = (piece: TemplatePart, step: Callee): TemplatePart => ({
  ...piece,
  steps: [...piece.steps, step],
})

/** A function of one text over a template. */
const through = (callee: Callee, { pieces, nonEmpty }: Template): Template | undefined => {
  const [only] = pieces
  if (CUTTING.has(callee.made?.factory ?? '')) {
    return pieces.length === 1 && isPart(only!)
      ? { pieces: [withStep(only, callee)], nonEmpty: false }
      : undefined
  }
  if (!CHARACTERWISE.has(callee.name) || !isSeparated(pieces)) return undefined
  const changed = merged(
    pieces.map((piece) => (isPart(piece) ? withStep(piece, callee) : String(callee.evaluate!(piece)))),
  )
  return {
    pieces: changed,
    nonEmpty: (nonEmpty && CASING.has(callee.name)) || changed.some((piece) => !isPart(piece)),
  }
}

const callTemplate = ({ callee, args, extra }: CallNode): Template | undefined => {
  if (extra.length > 0 || callee.takesContext) return undefined
  const templates: Template[] = []
  for (const argument of args) {
    const template = argument === undefined ? undefined : templateOf(argument)
    if (template === undefined) return undefined
    templates.push(template)
  }
  if (callee.made?.factory === 'joinLeaf') {
    const separator = callee.made.constants[0] as string
    if (!templates.every(({ nonEmpty }) => nonEmpty)) return undefined
    return {
      pieces: merged(
        templates.flatMap(({ pieces }, index) => (index === 0 ? pieces : [separator, ...pieces])),
      ),
      nonEmpty: true,
    }
  }
  const [first, second] = templates
  if (second === undefined) return first === undefined ? undefined : through(callee, first)
  if (templates.length > 2 || !APPENDING.has(callee.name)) return undefined
  return {
    pieces: merged([...first!.pieces, ...second.pieces]),
    nonEmpty: first!.nonEmpty || second.nonEmpty,
  }
}

/** A node as a template; undefined when it is anything but literals and inputs put together. */
const templateOf = (node: IrNode): Template | undefined => {
  switch (node.op) {
    case 'constant':
      return typeof node.value === 'string' && node.value.length <= LONGEST_LITERAL
        ? { pieces: merged([node.value]), nonEmpty: node.value !== '' }
        : undefined
    case 'input':
      return { pieces: [{ index: node.index, steps: [] }], nonEmpty: true }
    case 'call':
      return callTemplate(node)
    default:
      return undefined
  }
}

const visit = (node: IrNode): IrNode => {
  if (node.op === 'template') return node
  const template = node.op === 'call' ? templateOf(node) : undefined
  // One piece alone is a chain of calls, which needs no other way.
  if (template === undefined || template.pieces.length < 2) return mapOperands(node, visit)
  const parts = template.pieces.filter(isPart).length
  if (parts === 0 || parts > MOST_PARTS) return mapOperands(node, visit)
  const { type, span } = node
  return { op: 'template', pieces: template.pieces, otherwise: node, type, span }
}

export const makeTemplates: Pass = definePass({
  name: 'templates',
  doc: 'Gives texts put together from literals and inputs a short way for ordinary data.',
  examples: [
    { before: 'Append("+", [a])', after: 'result = template {"+" [a]}' },
    {
      before: 'StripSpaces(Append(Append([a], " @"), [b]))',
      after: 'result = template {StripSpaces([a]) "@" StripSpaces([b])}',
    },
  ],
  run: (unit) => mapUnit(unit, visit),
})
