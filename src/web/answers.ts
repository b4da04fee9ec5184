import type { FilterSetName } from '../filter/index.js'
import type { Span } from '../text/span.js'
import type { EffectCauses } from '../verify/diff/causes.js'
import type { MappingEffect } from '../verify/diff/effect.js'
import type { SchemaChange } from '../verify/diff/schema-change.js'
import type { PopulationResults, ScopeCounts, TraceView } from '../views/index.js'

/** A finding as the page shows it. */
export interface Finding {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  /** What to do about it. */
  readonly help: string
  readonly span: Span
  readonly fixes: readonly {
    readonly title: string
    readonly edits: readonly { readonly span: Span; readonly text: string }[]
  }[]
}

/** One row of the table of mappings. */
export interface MappingRow {
  readonly index: number
  readonly target: string
  readonly expression: string
  readonly type: string
  readonly matching: number
  readonly flowType: string
  readonly defaultValue: string
  readonly reads: readonly string[]
  readonly findings: readonly Finding[]
}

/** What the page shows of the schema. */
export interface SchemaView {
  readonly name: string
  readonly faults: readonly Finding[]
  /** The object mappings to choose from; one is chosen. */
  readonly mappings: readonly string[]
  readonly chosen: number
  readonly rows: readonly MappingRow[]
  readonly source: string
  readonly target: string
  readonly dialect: string
  readonly changed: boolean
}

/** What the page shows of the users. */
export interface UsersView {
  readonly name: string
  readonly count: number
  readonly shape: string | undefined
  readonly renamed: readonly (readonly [attribute: string, place: string])[]
  /** The attributes that the mapping reads but no user has. */
  readonly missing: readonly string[]
  readonly notes: readonly { readonly code: string; readonly severity: string; readonly message: string }[]
  /** How many could not be read; the first are in `faults`. */
  readonly unreadable: number
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

/** A user to choose. */
export interface UserTitle {
  readonly index: number
  readonly title: string
}

/** The results of an expression for the selected user. */
export interface ExpressionView {
  readonly findings: readonly Finding[]
  readonly tokens: readonly { readonly kind: string; readonly span: Span }[]
  readonly canonical: string | undefined
  readonly description: string | undefined
  readonly outcome: string | undefined
  readonly value: string | undefined
  readonly trace: TraceView | undefined
  readonly results: PopulationResults | undefined
  /** The contested points on which the result for the chosen user depends. */
  readonly contested: readonly ContestedView[]
  /** The titles of the users in the rows of `results`. */
  readonly titles: readonly string[]
}

/** A contested point on which a result depends. */
export interface ContestedView {
  readonly question: string
  /** The reading that is followed, and another one with its result. */
  readonly followed: string
  readonly other: string
  readonly evidence: string
  readonly otherResult: string
}

/** A scoping filter while it is edited: its sets, each with its groups. */
export type FilterDraft = Readonly<Record<FilterSetName, readonly GroupDraft[]>>

/** A group while it is edited. */
export interface GroupDraft {
  readonly name: string
  readonly clauses: readonly ClauseDraft[]
}

/** A clause while it is edited; `values` has one text for each operand. */
export interface ClauseDraft {
  readonly attribute: string
  readonly operator: string
  readonly values: readonly string[]
}

/** An operator that a clause can have. */
export interface OperatorChoice {
  readonly name: string
  readonly unary: boolean
  readonly doc: string
}

/** A scoping filter applied to the loaded users, and what is needed to edit it. */
export interface FilterView {
  readonly draft: FilterDraft
  readonly operators: readonly OperatorChoice[]
  /** The source attributes that a clause can name. */
  readonly attributes: readonly string[]
  readonly counts: ScopeCounts
  /** How many users were counted. */
  readonly counted: number
  /** The findings of check in the filter. */
  readonly findings: readonly Finding[]
  /** The titles of some users who enter or leave the scope compared with the stored filter. */
  readonly enter: readonly string[]
  readonly leave: readonly string[]
}

/** Two schemas applied to the loaded users: what `attrflow diff` gives without further options. */
export interface CompareView {
  readonly name: string
  readonly changes: readonly SchemaChange[]
  /** The default limits that the effect exceeds. */
  readonly exceeded: readonly SchemaChange[]
  /** Undefined without users. */
  readonly effect: MappingEffect | undefined
  readonly causes: EffectCauses
  /** Undefined if NEW cannot be compared. */
  readonly verdict: string | undefined
  readonly problem: string | undefined
}
