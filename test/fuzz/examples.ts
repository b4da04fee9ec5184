import { readFileSync } from 'node:fs'

/** A file of docs/examples as text. Scripts and tests run from the project's root. */
export const exampleText = (name: string): string => readFileSync(`docs/examples/${name}`, 'utf8')

export const exampleSchemas: readonly string[] = [
  exampleText('entra-to-scim.schema.json'),
  exampleText('workday-to-ad.schema.json'),
]

/** Every expression of the example schemas. */
export const exampleExpressions: readonly string[] = exampleSchemas.flatMap((text) =>
  [...text.matchAll(/"expression": ("(?:[^"\\]|\\.)*")/g)].map(([, quoted]) => JSON.parse(quoted!) as string),
)
