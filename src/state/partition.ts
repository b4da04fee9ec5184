/**
 * Into how many partitions the objects of a job are divided when several processes share a cycle: the most requests that
 * all of them together have under way. It is part of the layout of a store.
 */
export const PARTITIONS = 64

/** The partition of an object by the identifier it has in the source: FNV-1a over its UTF-16 units. */
export const partitionOf = (sourceId: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < sourceId.length; i++) hash = Math.imul(hash ^ sourceId.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % PARTITIONS
}
