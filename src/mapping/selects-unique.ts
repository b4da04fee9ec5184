import type { CompiledAttribute } from './compile-object-mapping.js'

/** Whether an attribute gets its value from SelectUniqueValue. */
export const selectsUnique = ({ analyzed }: CompiledAttribute): boolean =>
  [...(analyzed?.calls.values() ?? [])].some(({ definition }) => definition.form === 'selectUnique')
