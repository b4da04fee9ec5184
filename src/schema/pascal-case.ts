/**
 * Graph PowerShell objects piped to `ConvertTo-Json` have Graph's member names with a capital first letter,
 * and an additional member `AdditionalProperties` for the members that the SDK does not know.
 */

/** The parts of a JSON node that this file needs. */
interface TreeNode {
  readonly type: string
  readonly children?: readonly TreeNode[]
  readonly value?: unknown
}

/** The member that Graph PowerShell adds to every object. */
export const ADDITIONAL = 'AdditionalProperties'

/** Graph's name of a member. */
const graphName = (name: string): string =>
  /^[A-Z]/.test(name) && name !== ADDITIONAL ? name.charAt(0).toLowerCase() + name.slice(1) : name

/**
 * Renames the members of a tree to Graph's names; offsets stay. It changes the tree, so call it before the
 * tree is shared.
 */
export const useGraphNames = (root: TreeNode): void => {
  const open: TreeNode[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'property') {
      const key: { value?: unknown } | undefined = node.children?.[0]
      if (key !== undefined) key.value = graphName(String(key.value))
    }
    for (const child of node.children ?? []) open.push(child)
  }
}

/**
 * A JSON value in Graph's form: Graph's names, with the members of `AdditionalProperties` moved up beside the
 * others.
 */
export const inGraphForm = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inGraphForm)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (name !== ADDITIONAL) return [[graphName(name), inGraphForm(inner)]]
    return typeof inner === 'object' && inner !== null ? Object.entries(inner) : []
  })
  return Object.fromEntries(members)
}
