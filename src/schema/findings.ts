import type { ArgumentsOf, DiagnosticCode } from '../diagnostics/catalogue.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic, DiagnosticExtras } from '../diagnostics/diagnostic.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { Dialect, Settings } from '../values/settings.js'
import { placeOf } from './locate.js'
import type { SchemaObject } from './model.js'

/** The environment in which expressions are checked. */
export interface ValidationOptions {
  /**
   * The functions. If given, every expression is checked in full; otherwise only its syntax and attribute
   * names.
   */
  readonly library?: FunctionLibrary
  readonly settings?: Settings
  readonly dialect?: Dialect
}

/** Collects the findings about a schema. */
export class Findings {
  readonly diagnostics: Diagnostic[] = []

  /** Adds a finding about an object of the model or one of its members. */
  add<Code extends DiagnosticCode>(
    code: Code,
    object: SchemaObject,
    givenPath: string,
    member: string | undefined,
    args: ArgumentsOf<Code>,
    extras: DiagnosticExtras = {},
  ): void {
    const { span, path } = placeOf(object, givenPath, member)
    this.diagnostics.push(diagnostic(code, span, args, { path, ...extras }))
  }
}

/** The advice that suggests a similar name, if there is one. */
export const didYouMean = (suggestion: string | undefined): DiagnosticExtras =>
  suggestion === undefined ? {} : { hint: `Did you mean ${suggestion}? Names are case-sensitive.` }
