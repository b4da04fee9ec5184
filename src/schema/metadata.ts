import type { AttributeDefinition } from '../schema/model.js'

/** The maximum length of a value, from the metadata of a definition; undefined if not given. */
export const maximumLengthOf = ({ metadata }: Pick<AttributeDefinition, 'metadata'>): number | undefined => {
  const text = metadata.find(({ key }) => key === 'MaximumLength')?.value?.trim() ?? ''
  return /^"?\d{1,9}"?$/.test(text) ? Number(text.replaceAll('"', '')) : undefined
}
