import type { AttributeType } from '../schema/enums.js'
import type { NullPolicy } from '../values/settings.js'
import type { Value } from '../values/value.js'
import type { OperatorBehaviour } from './runtime/behaviour.js'

/** A remark on surprising behaviour, and its source. */
export interface OperatorNote {
  readonly text: string
  readonly source: string
}

/** A value, the operands it is tested against, and the verdict; a test runs every example. */
export interface OperatorExample {
  readonly value: Value
  readonly operands?: readonly string[]
  /** The verdict, one for each null policy if they differ; `error`: an evaluation error. */
  readonly verdict: boolean | 'error' | Readonly<Record<NullPolicy, boolean>>
}

interface OperatorDescription {
  /** The `operatorName` of a clause. */
  readonly name: string
  /** Its name in the portal's list. */
  readonly portalLabel: string
  /** Alternative names; case, blanks and underscores never matter. */
  readonly aliases: readonly string[]
  /** Unary operators take no operand. */
  readonly arity: 'unary' | 'binary'
  /** One paragraph: the condition that it tests. */
  readonly doc: string
  readonly notes: readonly OperatorNote[]
}

/** The full description of one operator of scoping filters. */
export interface FilterOperator extends OperatorDescription {
  readonly supported: true
  /** The wording for a value that passes, and for one that does not: `equals`, `does not equal`. */
  readonly words: readonly [holds: string, fails: string]
  /** The attribute types it is meant for; values of other types are compared as text. */
  readonly attributeTypes: readonly AttributeType[]
  /** Whether Graph's published `filterOperators` answer lists it. */
  readonly published: boolean
  readonly polarity: 'positive' | 'negative'
  /** For a negative operator, the name of the positive one. */
  readonly negates?: string
  readonly examples: readonly OperatorExample[]
  readonly behaviour: OperatorBehaviour
}

/** An operator that exists, but is refused because its behaviour in the service is not known. */
export interface RefusedOperator extends OperatorDescription {
  readonly supported: false
  readonly reason: string
  /** The alternative to write. */
  readonly hint: string
}

/** The declaration of an operator; the rest follows from its behaviour or has defaults. */
export type OperatorDeclaration<Operand> = Pick<
  FilterOperator,
  'name' | 'portalLabel' | 'words' | 'attributeTypes' | 'doc' | 'examples'
> &
  Partial<Pick<FilterOperator, 'aliases' | 'notes' | 'published' | 'negates'>> & {
    readonly behaviour: OperatorBehaviour<Operand>
  }

/** Declares an operator. It is binary if its behaviour prepares operands. */
export const defineOperator = <Operand>(declaration: OperatorDeclaration<Operand>): FilterOperator => {
  const behaviour: OperatorBehaviour = declaration.behaviour
  return {
    aliases: [],
    notes: [],
    published: false,
    ...declaration,
    supported: true,
    arity: behaviour.prepare === undefined ? 'unary' : 'binary',
    polarity: behaviour.polarity,
    behaviour,
  }
}

/** Declares an operator that is recognised and refused. */
export const defineRefusedOperator = (
  declaration: Omit<RefusedOperator, 'supported' | 'aliases' | 'notes'> &
    Partial<Pick<RefusedOperator, 'aliases' | 'notes'>>,
): RefusedOperator => ({ aliases: [], notes: [], ...declaration, supported: false })
