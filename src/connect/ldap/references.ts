/** Attributes that contain the names of other entries in most directories. */
export const usualReferences: readonly string[] = [
  'manager',
  'member',
  'uniqueMember',
  'secretary',
  'owner',
  'seeAlso',
]
