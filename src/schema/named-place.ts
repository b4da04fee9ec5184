import { type JsonDocument, type JsonNode, memberOf } from './json-document.js'

const textOf = (node: JsonNode, member: string): string | undefined => {
  const value = memberOf(node, member)?.value
  return typeof value === 'string' && value !== '' ? value : undefined
}

const nameOrId = (node: JsonNode): string => textOf(node, 'name') ?? textOf(node, 'id') ?? ''

const mappingName = (node: JsonNode, arrow: string): string =>
  `${textOf(node, 'sourceObjectName') ?? ''}${arrow}${textOf(node, 'targetObjectName') ?? ''}`

/** What an element of a list is called: a name that edits elsewhere do not change, and the words of the portal. */
interface Naming {
  readonly name?: (node: JsonNode) => string
  readonly words: (node: JsonNode, index: number) => string
  /** Whether it owns what stands in it: owners are named after their parts. */
  readonly owner?: true
}

/** The lists whose elements have names. */
const namings: Readonly<Record<string, Naming>> = {
  synchronizationRules: { name: nameOrId, words: () => '' },
  objectMappings: {
    name: (node) => textOf(node, 'name') ?? mappingName(node, '->'),
    words: (node) => mappingName(node, ' → '),
    owner: true,
  },
  attributeMappings: {
    name: (node) => textOf(node, 'targetAttributeName') ?? '',
    words: (node) => textOf(node, 'targetAttributeName') ?? '',
  },
  groups: { words: (node, index) => `group “${textOf(node, 'name') ?? index + 1}”` },
  clauses: { words: (_, index) => `clause ${index + 1}` },
  directories: { name: nameOrId, words: nameOrId, owner: true },
  objects: { name: nameOrId, words: nameOrId, owner: true },
  attributes: { name: nameOrId, words: nameOrId },
}

const holds = (node: JsonNode, offset: number): boolean =>
  node.offset <= offset && offset < node.offset + node.length

interface Step {
  readonly naming: Naming
  readonly node: JsonNode
  readonly index: number
}

/** The elements with names around a position, the outermost first. */
const stepsTo = ({ root }: JsonDocument, offset: number): Step[] => {
  const steps: Step[] = []
  let node = root
  while (node !== undefined) {
    let next = node.children?.find((child) => holds(child, offset))
    if (next?.type === 'property') {
      const [key, value] = next.children ?? []
      const list = String(key?.value)
      next = value !== undefined && holds(value, offset) ? value : undefined
      const naming = Object.hasOwn(namings, list) ? namings[list] : undefined
      if (next?.type === 'array' && naming !== undefined) {
        const index = next.children?.findIndex((child) => holds(child, offset)) ?? -1
        next = next.children?.[index]
        if (next?.type === 'object') steps.push({ naming, node: next, index })
      }
    }
    node = next
  }
  return steps
}

/**
 * The place of a position in a schema's text, in names, which are stable when the file is edited elsewhere:
 * `RULE / users / displayName`, or `Workday / User / mail` for a definition. Empty outside everything that
 * has a name.
 */
export const namedPlace = (document: JsonDocument, offset: number): string =>
  stepsTo(document, offset)
    .flatMap(({ naming, node }) => naming.name?.(node) ?? [])
    .join(' / ')

/**
 * The place of a position in a schema's text, in the words of the portal: `nickName, User → Person`, or
 * `group “Staff”, clause 2, User → Person`. Empty outside an object mapping and a directory.
 */
export const placeInWords = (document: JsonDocument, offset: number): string => {
  const steps = stepsTo(document, offset)
  const parts = steps.filter(({ naming }) => !naming.owner)
  const owners = steps.filter(({ naming }) => naming.owner).reverse()
  return [...parts, ...owners]
    .map(({ naming, node, index }) => naming.words(node, index))
    .filter((words) => words !== '')
    .join(', ')
}
