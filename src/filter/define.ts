import type { AttributeType } from '../schema/enums.js'
import type { NullPolicy } from '../values/settings.js'
import type { Value } from '../values/value.js'
import type { OperatorBehaviour } from './runtime/behaviour.js'

/** A remark on behaviour that surprises, and where it is known from. */
export interface OperatorNote {
  readonly text: string
  readonly source: string
}

/** A value, the operands it is tested against, and the verdict; a test runs every one of them. */
export interface OperatorExample {
  readonly value: Value
  readonly operands?: readonly string[]
  /** The verdict, where it depends on the null policy one for each; `error`: an evaluation error. */
  readonly verdict: boolean | 'error' | Readonly<Record<NullPolicy, boolean>>
}

interface OperatorDescription {
  /** The `operatorName` of a clause. */
  readonly name: string
  /** What the portal's list shows. */
  readonly portalLabel: string
  /** Other names it is known by; case, blanks and underscores never matter. */
  readonly aliases: readonly string[]
  /** Unary operators take no operand. */
  readonly arity: 'unary' | 'binary'
  /** One paragraph: what it asks. */
  readonly doc: string
  readonly notes: readonly OperatorNote[]
}

/** Everything there is to know about one operator of scoping filters. */
export interface FilterOperator extends OperatorDescription {
  readonly supported: true
  /** What a value does that passes, and one that does not: `equals`, `does not equal`. */
  readonly words: readonly [holds: string, fails: string]
  /** The attribute types it is made for; values of others compare by their text. */
  readonly attributeTypes: readonly AttributeType[]
  /** Whether Graph's published `filterOperators` answer lists it. */
  readonly published: boolean
  readonly polarity: 'positive' | 'negative'
  /** For a negative operator, the name of the positive one. */
  readonly negates?: string
  readonly examples: readonly OperatorExample[]
  readonly behaviour: OperatorBehaviour
}

/** An operator that exists, and is refused because nobody outside the service knows what it answers. */
export interface RefusedOperator extends OperatorDescription {
  readonly supported: false
  readonly reason: string
  /** What to write instead. */
  readonly hint: string
}

/** What a declaration states; the rest follows from the behaviour or has defaults. */
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
