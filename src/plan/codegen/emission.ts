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

/** What writing one kind of node needs of the emitter that writes all of them. */
export interface Emission {
  readonly scope: ModuleScope
  /** Whether an input has been read, and not yet been taken as a value of the language. */
  isRaw(node: IrNode | undefined): boolean
  /** Writes the statements that evaluate a node, and gives the expression that then has its value. */
  emit(node: IrNode): Code
  /** Keeps a value in a variable, unless it is a name or literal already. */
  keep(value: Code): Code
  /** What is written from here on comes from this part of the expression. */
  from(span: Span): void
  /** Says where the evaluation is, before something that can fail; gives the site that counts. */
  at(site: Site): Site
}
