import type { CheckEnvironment } from '../check/environment.js'
import type { ArgumentsOf } from '../diagnostics/catalogue.js'
import type { DiagnosticExtras } from '../diagnostics/diagnostic.js'
import type { AnalyzedExpression } from '../expression/compile.js'
import type { MappingEnds } from '../mapping/attribute-rules.js'
import type { TargetKind } from '../mapping/target-kind.js'
import type {
  AttributeDefinition,
  AttributeMapping,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from '../schema/model.js'
import type { Span } from '../text/span.js'
import type { Analysis } from './analysis.js'
import type { RuleCode } from './documentation.js'

/** The input of a rule about expressions. */
export interface ExpressionContext {
  readonly analyzed: AnalyzedExpression
  readonly environment: CheckEnvironment
  readonly analysis: Analysis
  /** Whether it belongs to a mapping, for which there are more specific rules. */
  readonly isMapped: boolean
}

/** The input of a rule about an attribute mapping. */
export interface MappingContext {
  readonly rule: SynchronizationRule
  readonly objectMapping: ObjectMapping
  readonly mapping: AttributeMapping
  readonly ends: MappingEnds
  readonly targetKind: TargetKind
  /** The definition of the target attribute, if the schema has it. */
  readonly target: AttributeDefinition | undefined
  /** Undefined for a mapping without a source, and for an expression with errors. */
  readonly expression: ExpressionContext | undefined
}

/** The input of a rule about an object mapping. */
export interface ObjectMappingContext {
  readonly schema: SynchronizationSchema
  readonly rule: SynchronizationRule
  readonly objectMapping: ObjectMapping
  readonly ends: MappingEnds
  readonly targetKind: TargetKind
  readonly attributes: readonly MappingContext[]
}

/** A place in an attribute mapping: a range of its expression, or one of its members. */
export type MappingPlace =
  | Span
  | 'targetAttributeName'
  | 'source'
  | 'defaultValue'
  | 'flowType'
  | 'matchingPriority'

/** For each scope, the input of its rules, and the places of their findings. */
export interface RuleScopes {
  readonly expression: { readonly context: ExpressionContext; readonly place: Span }
  readonly mapping: { readonly context: MappingContext; readonly place: MappingPlace }
  readonly objectMapping: { readonly context: ObjectMappingContext; readonly place: 'attributeMappings' }
}

/** A rule: its check. Its documentation is in `documentation.ts`, by its code. */
export interface RuleDeclaration<Scope extends keyof RuleScopes, Code extends RuleCode> {
  /** In kebab case; stable, because configuration files use it. */
  readonly id: string
  /** Its row of the catalogue, with severity, message and help. */
  readonly code: Code
  readonly scope: Scope
  run(
    context: RuleScopes[Scope]['context'],
    report: (
      at: RuleScopes[Scope]['place'],
      args: ArgumentsOf<Code>,
      extras?: Pick<DiagnosticExtras, 'hint' | 'fixes'>,
    ) => void,
  ): void
}

/** A rule of any scope, as the linter calls it. */
export type Rule = {
  [Scope in keyof RuleScopes]: Omit<RuleDeclaration<Scope, RuleCode>, 'run'> & {
    run(
      context: RuleScopes[Scope]['context'],
      report: (
        at: RuleScopes[Scope]['place'],
        args: Readonly<Record<string, string | number>>,
        extras?: Pick<DiagnosticExtras, 'hint' | 'fixes'>,
      ) => void,
    ): void
  }
}[keyof RuleScopes]

/** Declares a rule. */
export const defineRule = <Scope extends keyof RuleScopes, Code extends RuleCode>(
  rule: RuleDeclaration<Scope, Code>,
): Rule => rule as unknown as Rule
