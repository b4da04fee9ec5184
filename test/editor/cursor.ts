import { createEnvironment } from '../../src/check/environment.js'
import type { EditorContext } from '../../src/editor/index.js'
import { standardLibrary } from '../../src/functions/index.js'
import { ObjectAttributes } from '../../src/schema/attributes.js'
import { readObjectDefinition } from '../../src/schema/read.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'

/** The text without its cursor mark `|`, and where the mark was. */
export const cursor = (marked: string): { readonly text: string; readonly offset: number } => {
  const offset = marked.indexOf('|')
  if (offset < 0 || offset !== marked.lastIndexOf('|')) throw new Error(`one cursor mark, please: ${marked}`)
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset }
}

const worker = readObjectDefinition({
  name: 'Worker',
  attributes: [
    { name: 'givenName', type: 'String' },
    { name: 'surname', type: 'String', required: true },
    { name: 'active', type: 'Boolean' },
    { name: 'emails[type eq "work"].value', type: 'String', caseExact: true, mutability: 'ReadOnly' },
    {
      name: 'manager',
      type: 'Reference',
      referencedObjects: [{ referencedObjectName: 'Worker', referencedProperty: 'id' }],
    },
    { name: 'id', type: 'String', anchor: true, defaultValue: 'none' },
    { name: 'skills', type: 'String', multivalued: true, flowNullValues: true },
  ],
})!

/** A schema and settings for tests of the editor. */
export const context: EditorContext = {
  environment: createEnvironment(standardLibrary, {
    settings: resolveSettings({ placeholders: { DomainFQDN: 'corp.example', Tenant: 'fabrikam' } }),
  }),
  attributes: new ObjectAttributes('HR', worker.name, worker.attributes),
}

export const withoutSchema: EditorContext = { environment: context.environment }
