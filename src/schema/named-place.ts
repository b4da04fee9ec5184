import { type JsonDocument, type JsonNode, memberOf } from './json-document.js'

const textOf = (node: JsonNode, member: string): string | undefined => {
  const value = memberOf(node, member)?.value
  return typeof value === 'string' && value !== '' ? value : undefined
}

const nameOrId = (node: JsonNode): string => textOf(node, 'name') ?? textOf(node, 'id') ?? ''

/** The word for an element of a list, by the name of the list. */
const namings: Readonly<Record<string, (node: JsonNode) => string>> = {
  synchronizationRules: nameOrId,
  objectMappings: (node) =>
    textOf(node, 'name') ??
    `${textOf(node, 'sourceObjectName') ?? ''}->${textOf(node, 'targetObjectName') ?? ''}`,
  attributeMappings: (node) => textOf(node, 'targetAttributeName') ?? '',
  directories: nameOrId,
  objects: nameOrId,
  attributes: nameOrId,
}

const holds = (node: JsonNode, offset: number): boolean =>
  node.offset <= offset && offset < node.offset + node.length

/**
 * The place of a position in a schema's text, in names, which are stable when the file is edited elsewhere:
 * `RULE / users / displayName`, or `Workday / User / mail` for a definition. Empty outside everything that
 * has a name.
 */
export const namedPlace = ({ root }: JsonDocument, offset: number): string => {
  const names: string[] = []
  let node = root
  let naming: ((node: JsonNode) => string) | undefined
  while (node !== undefined) {
    if (node.type === 'object' && naming !== undefined) names.push(naming(node))
    naming = undefined
    let next = node.children?.find((child) => holds(child, offset))
    if (next?.type === 'property') {
      const [key, value] = next.children ?? []
      const list = String(key?.value)
      next = value !== undefined && holds(value, offset) ? value : undefined
      if (next?.type === 'array' && Object.hasOwn(namings, list)) {
        naming = namings[list]
        next = next.children?.find((child) => holds(child, offset))
      }
    }
    node = next
  }
  return names.join(' / ')
}
