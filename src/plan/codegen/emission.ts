import type { IrNode } from '../../ir/node.js'
import type { Span } from '../../text/span.js'
import type { Site } from '../../values/fault.js'
import { type Code, identifier } from './code.js'
import type { ModuleScope } from './module-scope.js'

/** Names of the variables that every generated function has. */
export const names: { readonly context: Code; readonly site: Code } = {
  context: identifier('context'),
  site: identifier('site'),
}

/** The variable of an input. */
export const inputVariable = (index: number): Code => identifier(`i${index}`)

/** The parts of the emitter that are used to write one kind of node. */
export interface Emission {
  readonly scope: ModuleScope
  /** Whether an input has been read, but not yet converted to a value of the language. */
  isRaw(node: IrNode | undefined): boolean
  /** Writes the statements that evaluate a node; returns the expression for its value. */
  emit(node: IrNode): Code
  /** Stores a value in a variable, unless it is already a name or a literal. */
  keep(value: Code): Code
  /** The lines that follow come from this part of the expression. */
  from(span: Span): void
  /** Records the place of the evaluation before something that can fail; returns the site that applies. */
  at(site: Site): Site
}
