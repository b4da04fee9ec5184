/** How much a diagnostic matters. Errors cannot be disabled; warnings and infos can. */
export type Severity = 'error' | 'warning' | 'info'

/** The names between braces in a message template: `'{name}'` → `'name'`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/** The arguments that a message template needs; leaving one out does not compile. */
export type MessageArguments<Text extends string> = [Placeholders<Text>] extends [never]
  ? Record<never, never>
  : Readonly<Record<Placeholders<Text>, string | number>>

/** One row of the catalogue. */
export interface DiagnosticDefinition {
  readonly severity: Severity
  /** One sentence saying what is wrong; `{name}` marks a placeholder. */
  readonly message: string
  /** What to do about it. */
  readonly help: string
}

/** Fills the placeholders of a message template. */
export const formatMessage = (template: string, args: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(args, name) ? String(args[name]) : whole,
  )
