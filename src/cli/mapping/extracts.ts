import { join } from 'node:path'
import { type ObjectMappingOutline, schemaOutline } from '../../mapping/index.js'
import type { SynchronizationSchema } from '../../schema/model.js'

/** One expression of a schema, and the file to which it is extracted. */
export interface Extract {
  readonly rule: string
  readonly objectMapping: string
  readonly target: string
  readonly expression: string
  /** Relative to the folder of the extracts: RULE/MAPPING/TARGET.expr. */
  readonly path: string
  /** Indexes of the rule, its object mapping and its attribute mapping. */
  readonly at: readonly [number, number, number]
}

/** Device names on Windows, with any extension. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** A name that is valid in every file system. If characters are lost, a number makes it unique. */
const fileName = (name: string): string => {
  const plain =
    name
      .replace(/[^\p{L}\p{N}._]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80) || 'unnamed'
  return deviceName.test(plain) ? `_${plain}` : plain
}

const mappingName = ({ name, source, target }: ObjectMappingOutline): string => name ?? `${source}->${target}`

/** The expressions of a schema, each with a file of its own. */
export const extractsOf = (schema: SynchronizationSchema): readonly Extract[] => {
  const taken = new Set<string>()
  const pathOf = (...names: readonly [string, string, string]): string => {
    const base = join(...(names.map(fileName) as [string, string, string]))
    let path = `${base}.expr`
    for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${base}-${number}.expr`
    taken.add(path.toLowerCase())
    return path
  }
  return schemaOutline(schema).rules.flatMap((rule, i) =>
    rule.objectMappings.flatMap((mapping, j) =>
      mapping.attributes.flatMap(({ target, expression }, k) => {
        if (expression === null) return []
        const names = [rule.name ?? rule.id ?? '', mappingName(mapping)] as const
        const [ruleName, objectMapping] = names
        return [
          {
            rule: ruleName,
            objectMapping,
            target,
            expression,
            path: pathOf(...names, target),
            at: [i, j, k] as const,
          },
        ]
      }),
    ),
  )
}
