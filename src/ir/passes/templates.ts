import { type TextStep, textPipeline } from '../../functions/runtime/specialised-bodies.js'
import { append, normalizeDiacritics, stripSpaces } from '../../functions/runtime/text.js'
import { mapOperands, mapUnit } from '../children.js'
import {
  type Callee,
  type CallNode,
  type IrNode,
  isTemplatePart,
  type TemplateNode,
  type TemplatePart,
} from '../node.js'
import { definePass, type Pass } from './define.js'

/**
 * Whether a function maps each character independently, so that it can be applied to the parts of a
 * concatenation. (ASCII text between two inputs keeps accents and surrogates from affecting their
 * neighbours.) Functions are identified by their bodies, because a library may define others under these
 * names.
 */
const isCharacterwise = (callee: Callee): boolean =>
  isCasing(callee) || callee.evaluate === stripSpaces || callee.evaluate === normalizeDiacritics
/** The character-wise functions that never turn a text into "". */
const isCasing = ({ made }: Callee): boolean => made?.factory === 'casingBody'
/** Functions that take a part of a text and never fail. */
const CUTTING: ReadonlySet<string> = new Set(['leftBody', 'midBody', 'wordBody'])
/** More parts could exceed the limit of a text. */
const MOST_PARTS = 16
const MOST_LITERAL_CHARACTERS = 4_096

interface Template {
  readonly pieces: TemplateNode['pieces']
  /** Texts that are not "" never give "". Join skips empty ones. */
  readonly nonEmpty: boolean
}

/** Merges adjacent texts. */
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

/** Whether ASCII text separates all inputs, and nothing else surrounds them. */
const isSeparated = (pieces: Template['pieces']): boolean =>
  pieces.every((piece, index) =>
    isTemplatePart(piece) ? !isTemplatePart(pieces[index - 1] ?? '') : !/[\u0080-\uffff]/.test(piece),
  )

const withStep = (piece: TemplatePart, step: Callee): TemplatePart => ({
  ...piece,
  steps: [...piece.steps, step],
})

/** Applies a function of one text to a template. */
const through = (callee: Callee, { pieces, nonEmpty }: Template): Template | undefined => {
  const [only] = pieces
  if (CUTTING.has(callee.made?.factory ?? '')) {
    return pieces.length === 1 && only !== undefined && isTemplatePart(only)
      ? { pieces: [withStep(only, callee)], nonEmpty: false }
      : undefined
  }
  const { evaluate } = callee
  if (evaluate === undefined || !isCharacterwise(callee) || !isSeparated(pieces)) return undefined
  const changed = merged(
    pieces.map((piece) => (isTemplatePart(piece) ? withStep(piece, callee) : String(evaluate(piece)))),
  )
  return {
    pieces: changed,
    nonEmpty: (nonEmpty && isCasing(callee)) || changed.some((piece) => !isTemplatePart(piece)),
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
  if (callee.made?.factory === 'joinBody') {
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
  if (templates.length > 2 || callee.evaluate !== append) return undefined
  return (
    first && {
      pieces: merged([...first.pieces, ...second.pieces]),
      nonEmpty: first.nonEmpty || second.nonEmpty,
    }
  )
}

/** A node as a template; undefined unless it concatenates only literals and inputs. */
const templateOf = (node: IrNode): Template | undefined => {
  switch (node.op) {
    case 'constant':
      return typeof node.value === 'string'
        ? { pieces: merged([node.value]), nonEmpty: node.value !== '' }
        : undefined
    case 'input':
      return { pieces: [{ index: node.index, steps: [] }], nonEmpty: true }
    case 'call': {
      const template = callTemplate(node)
      return template !== undefined && isBounded(template) ? template : undefined
    }
    default:
      return undefined
  }
}

/**
 * Whether a template of short texts stays far below the limit of a text. Checked for each, because a function
 * may shorten it.
 */
const isBounded = ({ pieces }: Template): boolean => {
  let [parts, characters] = [0, 0]
  for (const piece of pieces) {
    if (isTemplatePart(piece)) parts++
    else characters += piece.length
  }
  return parts <= MOST_PARTS && characters <= MOST_LITERAL_CHARACTERS
}

/** The steps that a pipeline can combine. */
const pipelineStep = (callee: Callee): TextStep | undefined => {
  if (callee.evaluate === stripSpaces) return 'stripSpaces'
  if (callee.evaluate === normalizeDiacritics) return 'normalizeDiacritics'
  if (!isCasing(callee)) return undefined
  const [culture, direction] = callee.made?.constants ?? []
  return culture === '' ? (direction as TextStep) : undefined
}

interface PipelinePart {
  readonly callee: Callee
  readonly step: TextStep
}

const pipelineOf = (first: Callee, parts: readonly PipelinePart[]): Callee => {
  const steps = parts.map(({ step }) => step)
  return {
    ...first,
    name: parts.map(({ callee }) => callee.name).join(' '),
    evaluate: textPipeline(steps),
    made: { factory: 'textPipeline', constants: [steps] },
  }
}

/** Merges adjacent steps that a pipeline can combine. */
const joinedSteps = (steps: readonly Callee[]): readonly Callee[] => {
  const result: Callee[] = []
  let run: PipelinePart[] = []
  const endRun = (): void => {
    const [first] = run
    if (first !== undefined) result.push(run.length === 1 ? first.callee : pipelineOf(first.callee, run))
    run = []
  }
  for (const callee of steps) {
    const step = pipelineStep(callee)
    if (step !== undefined) run.push({ callee, step })
    else {
      endRun()
      result.push(callee)
    }
  }
  endRun()
  return result
}

/** The pieces with the steps of each input combined; undefined if that is no shorter than the calls. */
const shortened = ({ pieces }: Template): TemplateNode['pieces'] | undefined => {
  if (!pieces.some(isTemplatePart)) return undefined
  const result = pieces.map((piece) =>
    isTemplatePart(piece) ? { ...piece, steps: joinedSteps(piece.steps) } : piece,
  )
  // A single input is a chain of calls, which is only worth replacing if its steps are combined.
  const [before, after] = [pieces[0], result[0]] as readonly [TemplatePart, TemplatePart]
  return pieces.length === 1 && after.steps.length === before.steps.length ? undefined : result
}

const visit = (node: IrNode): IrNode => {
  if (node.op === 'template') return node
  const template = node.op === 'call' ? templateOf(node) : undefined
  const pieces = template === undefined ? undefined : shortened(template)
  if (pieces === undefined) return mapOperands(node, visit)
  const { type, span } = node
  return { op: 'template', pieces, otherwise: node, type, span }
}

export const makeTemplates: Pass = definePass({
  name: 'templates',
  doc: 'Gives concatenations of literals and inputs a fast path for ordinary data.',
  run: (unit) => mapUnit(unit, visit),
})
