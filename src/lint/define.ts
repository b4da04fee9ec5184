import type { CheckEnvironment } from '../check/environment.js'
import type { ArgumentsOf, DiagnosticCode } from '../diagnostics/catalogue.js'
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

/** What a rule about expressions sees. */
export interface ExpressionContext {
  readonly analyzed: AnalyzedExpression
  readonly environment: CheckEnvironment
  readonly analysis: Analysis
  /** Whether it belongs to a mapping, whose own rules know more. */
  readonly isMapped: boolean
}

/** What a rule about an attribute mapping sees. */
export interface MappingContext {
  readonly rule: SynchronizationRule
  readonly objectMapping: ObjectMapping
  readonly mapping: AttributeMapping
  readonly ends: MappingEnds
  readonly targetKind: TargetKind
  /** The definition of the target attribute, when the schema has it. */
  readonly target: AttributeDefinition | undefined
  /** Undefined for a mapping without a source, and for an expression that has errors. */
  readonly expression: ExpressionContext | undefined
}

/** What a rule about an object mapping sees. */
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

/** For each scope what a rule sees, and where it can report. */
export interface RuleScopes {
  readonly expression: { readonly context: ExpressionContext; readonly place: Span }
  readonly mapping: { readonly context: MappingContext; readonly place: MappingPlace }
  readonly objectMapping: { readonly context: ObjectMappingContext; readonly place: 'attributeMappings' }
}

/** The surroundings of an expression in an example: the mapping it belongs to, and the definitions it needs. */
export interface MappingExample {
  /** Absent: the mapping has no source. */
  readonly expression?: string
  readonly target: string
  readonly matchingPriority?: number
  readonly flowType?: AttributeMapping['flowType']
  readonly defaultValue?: string
  /** Members of the definition of the target attribute. */
  readonly definition?: Partial<Pick<AttributeDefinition, 'type' | 'multivalued' | 'required' | 'metadata'>>
  /** Source attributes that are not optional single texts. */
  readonly attributes?: Readonly<
    Record<string, Partial<Pick<AttributeDefinition, 'type' | 'multivalued' | 'required' | 'metadata'>>>
  >
  /** Name of the source directory. Default: an HR system. */
  readonly from?: string
  /** Name of the target directory. Default: an application that speaks SCIM. */
  readonly directory?: string
}

/** An expression, or a mapping. */
export type RuleExample = string | MappingExample

/** A rule: one declaration from which the reference, the configuration and the tests derive. */
export interface RuleDeclaration<Scope extends keyof RuleScopes, Code extends DiagnosticCode> {
  /** In kebab case; stable, for it stands in configuration files. */
  readonly id: string
  /** The row of the catalogue with severity, message and help; its example raises the rule, unless `bad` does. */
  readonly code: Code
  readonly scope: Scope
  /** Why it matters: what happens in the service, in one or two sentences. */
  readonly rationale: string
  /** What raises it. Default: the example of the catalogue. */
  readonly bad?: RuleExample
  /** The same intent, written well. */
  readonly good: RuleExample
  run(
    context: RuleScopes[Scope]['context'],
    report: (
      at: RuleScopes[Scope]['place'],
      args: ArgumentsOf<Code>,
      extras?: Pick<DiagnosticExtras, 'hint' | 'fixes'>,
    ) => void,
  ): void
}

/** A rule of any scope, as the linter runs it. */
export type Rule = {
  [Scope in keyof RuleScopes]: Omit<RuleDeclaration<Scope, DiagnosticCode>, 'run'> & {
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
export const defineRule = <Scope extends keyof RuleScopes, Code extends DiagnosticCode>(
  rule: RuleDeclaration<Scope, Code>,
): Rule => rule as unknown as Rule
