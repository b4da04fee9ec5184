// What the language offers, for tools that do not run it.

/** An operator of the language. */
interface OperatorCapability {
  readonly symbol: string
  readonly name: string
  /** A higher number binds tighter. */
  readonly precedence: number
  readonly associativity: 'left' | 'none'
  readonly returns: 'string' | 'boolean'
}

const comparison = (symbol: string, name: string): OperatorCapability => ({
  symbol,
  name,
  precedence: 1,
  associativity: 'none',
  returns: 'boolean',
})

const operators: readonly OperatorCapability[] = [
  comparison('=', 'equal'),
  comparison('<>', 'not equal'),
  comparison('<', 'less than'),
  comparison('<=', 'less than or equal'),
  comparison('>', 'greater than'),
  comparison('>=', 'greater than or equal'),
  { symbol: '&', name: 'concatenate', precedence: 2, associativity: 'left', returns: 'string' },
]

/** The content of capabilities.json: `functions` and `constants` as the function library describes them. */
export const capabilities = (functions: readonly object[], constants: readonly object[]): object => ({
  operators,
  functions,
  constants,
})
