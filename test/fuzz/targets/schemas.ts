import assert from 'node:assert/strict'
import { diagnoseSchema } from '../../../src/lint/index.js'
import { compileMapping, mapObject, mappedObjectJson, SchemaError } from '../../../src/mapping/index.js'
import { readSchema, writeSchema } from '../../../src/schema/index.js'
import { readTestFile } from '../../../src/verify/index.js'
import { arbitraryRecord } from '../../support/arbitrary-value.js'
import { exampleExpressions, exampleSchemas, exampleText } from '../examples.js'
import { mutateJson, mutateText } from '../mutate.js'
import type { Target } from '../target.js'

const words = (text: string): readonly string[] => [...new Set(text.match(/[A-Za-z][\w.:]+/g))]

export const schemas: Target = {
  name: 'schema reader',
  cases: 150,
  prepare() {
    const known = exampleSchemas.map((text) => ({ json: JSON.parse(text) as unknown, words: words(text) }))
    return {
      run(random) {
        const { json, words } = random.pick(known)
        const text = random.once(3)
          ? mutateText(random, random.pick(exampleSchemas), words, exampleSchemas).slice(0, 300_000)
          : JSON.stringify(mutateJson(random, json, [...words, ...exampleExpressions]))
        const { schema, diagnostics, document } = readSchema(text)
        for (const { span } of diagnostics)
          assert(span.start >= 0 && span.start <= span.end && span.end <= document.source.text.length)
        if (schema === undefined) {
          assert.notEqual(diagnostics.length, 0)
          return
        }
        diagnoseSchema(schema)
        const written = writeSchema(schema)
        assert.equal(writeSchema(readSchema(written).schema!), written, 'writing is stable')
        try {
          const compiled = compileMapping(text, { objectMapping: 'User' })
          for (let records = 0; records < 3; records++)
            JSON.stringify(mappedObjectJson(compiled, mapObject(compiled, random.draw(arbitraryRecord))))
        } catch (error) {
          if (!(error instanceof SchemaError || error instanceof TypeError)) throw error
          assert(!/undefined|is not a function|reading/.test(error.message), error.stack)
        }
      },
    }
  },
}

export const testFiles: Target = {
  name: 'test files',
  cases: 400,
  prepare() {
    const files = [exampleText('entra-to-scim.test.yaml'), exampleText('workday-to-ad.test.yaml')]
    const pieces = [
      '&a',
      '*a',
      '<<: *a',
      '!!binary',
      '!tag',
      '- ',
      '? ',
      '|\n',
      '>\n',
      '---\n',
      '%YAML 1.1\n',
      '\t',
    ]
    return {
      run(random) {
        const text = mutateText(random, random.pick(files), [...pieces, ...words(files[0]!)], files)
        readTestFile(text.slice(0, 60_000))
      },
    }
  },
}
