import { describe, expect, it } from 'vitest'
import { applyEdits, applyFixes, replaceFix } from '../../src/diagnostics/fix.js'

const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text })

describe('applyEdits', () => {
  it('applies edits in any order', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A'), edit(2, 2, '-')])).toBe('Ab-cdEf')
  })

  it('keeps the first of two that overlap', () => {
    expect(applyEdits('abcdef', [edit(2, 4, 'Y'), edit(1, 3, 'X')])).toBe('aXdef')
  })

  it('keeps insertions at one place in their order', () => {
    expect(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2')])).toBe('a12b')
  })

  it('makes fixes of one edit', () => {
    expect(replaceFix('Insert a comma', 1, 1, ',')).toEqual({
      title: 'Insert a comma',
      edits: [edit(1, 1, ',')],
      safe: true,
    })
  })
})

describe('applyFixes', () => {
  it('applies a fix as a whole, or leaves it for the next run', () => {
    const wrap = { title: 'Wrap', edits: [edit(0, 0, 'F('), edit(4, 4, ')')], safe: true }
    const inner = { title: 'Change', edits: [edit(1, 2, 'X'), edit(4, 4, '!')], safe: true }
    const apart = replaceFix('Change', 2, 3, 'Y')
    expect(applyFixes('abcd', [wrap, inner, apart])).toBe('F(abYd)')
    expect(applyFixes('abcd', [inner, wrap])).toBe('aXcd!')
  })
})
