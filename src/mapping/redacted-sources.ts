import { visit } from '../syntax/walk.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'

/** The source attributes inside a call that redacts: their values must not be shown either. */
export const redactedSources = ({ attributes }: CompiledObjectMapping): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { analyzed, redacted } of attributes) {
    if (analyzed === undefined || !redacted) continue
    for (const { node: call, definition } of analyzed.calls.values()) {
      if (!definition.redacts) continue
      visit(call, (node) => {
        if (node.type === 'AttributeReference') names.add(node.name)
      })
    }
  }
  return names
}
