import type { BoundCalls } from '../../check/bound.js'
import type { CompiledAttribute, CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import type {
  AttributeMapping,
  FilterClause,
  FilterGroup,
  ObjectMapping,
  SchemaObject,
  SynchronizationSchema,
} from '../../schema/model.js'
import type { Expression } from '../../syntax/ast.js'
import type { Span } from '../../text/span.js'
import type { NullPolicy } from '../../values/settings.js'

/** A change of the text of an expression. */
export interface TextChange {
  /** The part that is replaced, as positions in the expression. */
  readonly span: Span
  readonly text: string
  /** What the mutant does, as text. */
  readonly what: string
}

/** The surroundings of an expression that a mutation may use. */
export interface ExpressionSurroundings {
  readonly text: string
  readonly calls: BoundCalls
  /** Another attribute of the same type that the mapping reads; undefined if there is none. */
  readonly otherAttribute: (name: string) => string | undefined
}

/** A change of a member of the schema. */
export interface SchemaChangeOf<T> {
  /** The replacement of the object; null removes it. */
  readonly to: T | null
  readonly before: string
  readonly after: string
  readonly what: string
  /** The place to report: a part of the object, and one of its members. */
  readonly at?: { readonly object: SchemaObject; readonly member?: string }
}

interface Declaration {
  /** The name in reports, such as `comparison`. */
  readonly name: string
  /** One sentence: the mistake that it represents. */
  readonly doc: string
}

/** One kind of small mistake, made on purpose: a test that notices it kills the mutant. */
export type Mutation = Declaration &
  (
    | {
        readonly of: 'expression'
        readonly mutate: (node: Expression, around: ExpressionSurroundings) => readonly TextChange[]
      }
    | {
        readonly of: 'attribute'
        readonly mutate: (
          attribute: CompiledAttribute,
          compiled: CompiledObjectMapping,
        ) => readonly SchemaChangeOf<AttributeMapping>[]
      }
    | {
        readonly of: 'mapping'
        readonly mutate: (mapping: ObjectMapping) => readonly SchemaChangeOf<ObjectMapping>[]
      }
    | {
        readonly of: 'clause'
        /**
         * The changed clauses of a group; an empty list removes the group.
         * @param nullPolicy the null policy of the set that contains the group
         */
        readonly mutate: (
          clause: FilterClause,
          group: FilterGroup,
          groups: readonly FilterGroup[],
          nullPolicy: NullPolicy,
        ) => readonly {
          readonly clauses: readonly FilterClause[]
          readonly after: string
          readonly what: string
        }[]
      }
    | {
        readonly of: 'groups'
        readonly mutate: (groups: readonly FilterGroup[]) => readonly SchemaChangeOf<readonly FilterGroup[]>[]
      }
    | {
        readonly of: 'nulls'
        readonly mutate: (
          attribute: CompiledAttribute,
          compiled: CompiledObjectMapping,
        ) => readonly SchemaChangeOf<SynchronizationSchema>[]
      }
  )

/** Declares a mutation. */
export const defineMutation = (mutation: Mutation): Mutation => mutation
