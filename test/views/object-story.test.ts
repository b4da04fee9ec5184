import { expect, it } from 'vitest'
import { objectStory } from '../../src/views/index.js'
import { compileFirst, schemaOf } from '../plan/codegen/mapping-of.js'

it('tells an attribute without a value from one with a value', () => {
  const compiled = compileFirst(
    schemaOf([
      { target: 'a', expression: 'Join("", [text], [list])' },
      { target: 'b', expression: 'Join("", [none], [empty], [nothing])' },
    ]),
  )
  const { imported } = objectStory(compiled, { text: 'x', list: ['y'], none: [], empty: '', nothing: null })
  const present = imported.filter((one) => one.present).map(({ name }) => name)
  expect(present).toEqual(['text', 'list'])
  expect(imported).toHaveLength(5)
})
