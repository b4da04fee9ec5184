/**
 * The number of partitions into which the objects of a job are divided when several processes share a cycle.
 * It is the most requests that all of them together have open at once. It is part of the layout of a store.
 */
export const PARTITIONS = 64

/** The partition of an object by its source identifier: FNV-1a over its UTF-16 units. */
export const partitionOf = (sourceId: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < sourceId.length; i++) hash = Math.imul(hash ^ sourceId.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % PARTITIONS
}
