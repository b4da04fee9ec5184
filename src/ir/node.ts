import type { DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Wording } from '../diagnostics/evaluation-diagnostic.js'
import type { FunctionDefinition } from '../functions/define.js'
import type { Span } from '../text/span.js'
import type { Comparator } from '../values/compare.js'
import type { Site } from '../values/fault.js'
import type { FlowMarker } from '../values/marker.js'
import type { StaticType } from '../values/static-type.js'
import type { Value } from '../values/value.js'

/** The result of a node before the root classifies it: a value, or a flow marker in tail position. */
export type Yield = Value | FlowMarker

/** The parts of a function that the IR needs; filter operators and specialised functions are callees, too. */
export interface Callee
  extends Pick<
    FunctionDefinition,
    | 'name'
    | 'parameters'
    | 'returns'
    | 'purity'
    | 'takesContext'
    | 'mapsOverLists'
    | 'errors'
    | 'keepsUnmatched'
    | 'evaluate'
  > {
  /**
   * For a function specialised for constant arguments: the factory of the runtime that made its body, and the
   * constants.
   */
  readonly made?: { readonly factory: string; readonly constants: readonly unknown[] }
}

interface NodeBase {
  /** The kinds the node can yield. */
  readonly type: StaticType
  /** The source range of the expression that it came from. */
  readonly span: Span
}

/** A constant value or marker. */
export interface ConstantNode extends NodeBase {
  readonly op: 'constant'
  readonly value: Yield
}

/** An input of the unit, by its index. */
export interface InputNode extends NodeBase {
  readonly op: 'input'
  readonly index: number
}

/**
 * A call under the protocol of `ir/call.ts`: arguments left to right, each converted for its parameter,
 * null in a required one gives null, lists mapped over. `undefined` is an omitted argument.
 */
export interface CallNode extends NodeBase {
  readonly op: 'call'
  readonly callee: Callee
  readonly args: readonly (IrNode | undefined)[]
  /** Setting values passed after all declared positions. */
  readonly extra: readonly unknown[]
  readonly site: Site
}

/** `chosen` if the test holds, otherwise `otherwise`; only one is evaluated. */
export interface ConditionalNode extends NodeBase {
  readonly op: 'conditional'
  readonly test: IrNode
  readonly chosen: IrNode
  readonly otherwise: IrNode
}

/** The value of the first key that equals the source; keys in order, values lazily. */
export interface SwitchNode extends NodeBase {
  readonly op: 'switch'
  readonly source: IrNode
  readonly cases: readonly { readonly key: IrNode; readonly value: IrNode }[]
  readonly otherwise: IrNode
  readonly site: Site
}

/** The first argument that is not null (nor "", with `skipsEmpty`); the last one unchanged. */
export interface CoalesceNode extends NodeBase {
  readonly op: 'coalesce'
  readonly args: readonly IrNode[]
  readonly skipsEmpty: boolean
}

/** The first candidate that is not taken. */
export interface SelectUniqueNode extends NodeBase {
  readonly op: 'selectUnique'
  readonly candidates: readonly IrNode[]
  readonly site: Site
}

/** A comparison; yields a Boolean. */
export interface CompareNode extends NodeBase {
  readonly op: 'compare'
  readonly operator: Comparator
  readonly left: IrNode
  readonly right: IrNode
  readonly absent: 'fails' | 'empty'
  readonly literalEmpty: '' | 'left' | 'right' | 'both'
  readonly site: Site
}

/** Turns a condition's value into a Boolean. */
export interface TestNode extends NodeBase {
  readonly op: 'test'
  readonly value: IrNode
  readonly site: Site
}

/**
 * All (`and`) or any (`or`) of the operands. Kleene logic: a failing operand matters only if the others do
 * not decide, so their order never matters.
 */
export interface LogicNode extends NodeBase {
  readonly op: 'logic'
  readonly kind: 'and' | 'or'
  readonly operands: readonly IrNode[]
}

/** Always fails. */
export interface FailNode extends NodeBase {
  readonly op: 'fail'
  readonly code: DiagnosticCode
  readonly args: Readonly<Record<string, string | number>>
  /** The wording of a code that is not an evaluation error. */
  readonly wording?: Wording
  readonly site: Site
}

/** Passes a value through, and makes a flow marker the outcome of the whole root. */
export interface EscapeNode extends NodeBase {
  readonly op: 'escape'
  readonly value: IrNode
}

/** A computation shared by several places of the unit, evaluated at most once for an object. */
export interface SharedNode extends NodeBase {
  readonly op: 'shared'
  readonly index: number
  /** The place whose positions are reported for faults of the computation. */
  readonly original: boolean
}

/** An input in a template, passed through functions of one text each. */
export interface TemplatePart {
  readonly index: number
  readonly steps: readonly Callee[]
}

/**
 * A concatenation, as a fast path for ordinary data: if every input is a text of 1 to `SHORT_TEXT`
 * characters, the concatenated pieces equal the value of `otherwise`, and nothing can fail. For all other
 * data, `otherwise` is evaluated.
 */
export interface TemplateNode extends NodeBase {
  readonly op: 'template'
  readonly pieces: readonly (string | TemplatePart)[]
  readonly otherwise: IrNode
}

/** Whether a piece of a template is an input rather than a literal. */
export const isTemplatePart = (piece: string | TemplatePart): piece is TemplatePart =>
  typeof piece !== 'string'

/** A node of the intermediate representation. Immutable; a pass builds new nodes. */
export type IrNode =
  | ConstantNode
  | InputNode
  | CallNode
  | ConditionalNode
  | SwitchNode
  | CoalesceNode
  | SelectUniqueNode
  | CompareNode
  | TestNode
  | LogicNode
  | FailNode
  | EscapeNode
  | SharedNode
  | TemplateNode
