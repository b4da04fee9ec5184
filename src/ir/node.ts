import type { DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Wording } from '../diagnostics/evaluation-diagnostic.js'
import type { FunctionDefinition } from '../functions/define.js'
import type { Span } from '../text/span.js'
import type { Comparator } from '../values/compare.js'
import type { Site } from '../values/fault.js'
import type { FlowMarker } from '../values/marker.js'
import type { StaticType } from '../values/static-type.js'
import type { Value } from '../values/value.js'

/** What evaluating a node yields before the root names it: a value, or a flow marker in tail position. */
export type Yield = Value | FlowMarker

/** What the IR needs of a function; a filter operator or a specialised leaf is a callee, too. */
export interface Callee
  extends Pick<
    FunctionDefinition,
    | 'name'
    | 'parameters'
    | 'returns'
    | 'purity'
    | 'takesContext'
    | 'lifts'
    | 'errors'
    | 'keepsUnmatched'
    | 'evaluate'
  > {
  /** For a leaf made for constant arguments: which factory of the runtime made its body, and from what. */
  readonly made?: { readonly factory: string; readonly constants: readonly unknown[] }
}

interface NodeBase {
  /** The kinds the node can yield. */
  readonly type: StaticType
  /** The part of the expression it came from. */
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
 * A call under the protocol of `plan/call.ts`: arguments left to right, each converted for its parameter, null
 * in a required one gives null, lists mapped over. `undefined` stands for an argument left out.
 */
export interface CallNode extends NodeBase {
  readonly op: 'call'
  readonly callee: Callee
  readonly args: readonly (IrNode | undefined)[]
  /** Setting values passed after all declared positions. */
  readonly extra: readonly unknown[]
  readonly site: Site
}

/** `chosen` when the test holds, `otherwise` when not; only one is evaluated. */
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

/** The first argument that is not null (nor "", with `skipsEmpty`); the last one as it is. */
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
 * All (`and`) or any (`or`) of the operands. Kleene logic: an operand that fails matters only when the others
 * do not decide, so that their order never does.
 */
export interface LogicNode extends NodeBase {
  readonly op: 'logic'
  readonly kind: 'and' | 'or'
  readonly operands: readonly IrNode[]
}

/** Fails, always. */
export interface FailNode extends NodeBase {
  readonly op: 'fail'
  readonly code: DiagnosticCode
  readonly args: Readonly<Record<string, string | number>>
  /** The wording of a code that is no evaluation error. */
  readonly wording?: Wording
  readonly site: Site
}

/** Lets a value pass, and makes a flow marker the outcome of the whole root. */
export interface EscapeNode extends NodeBase {
  readonly op: 'escape'
  readonly value: IrNode
}

/** A computation shared by several places of the unit, evaluated at most once for an object. */
export interface SharedNode extends NodeBase {
  readonly op: 'shared'
  readonly index: number
  /** The place the computation was taken from, whose positions its faults have. */
  readonly original: boolean
}

/** An input in a template, taken through functions of one text each. */
export interface TemplatePart {
  readonly index: number
  readonly steps: readonly Callee[]
}

/**
 * Texts put together, the short way for ordinary data: where every input of the parts is a text of 1 to
 * `SHORT_TEXT` characters, the pieces one after the other are what `otherwise` would compute, and nothing can
 * fail. For all other data, `otherwise` is evaluated.
 */
export interface TemplateNode extends NodeBase {
  readonly op: 'template'
  readonly pieces: readonly (string | TemplatePart)[]
  readonly otherwise: IrNode
}

/** Whether a piece of a template is an input, and not a literal. */
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
