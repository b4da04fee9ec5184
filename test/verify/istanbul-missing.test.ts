import { expect, it, vi } from 'vitest'
import { attrflow } from '../cli/harness.js'

// In a file of its own: a module that could not be loaded stays so.
vi.mock('istanbul-reports', () => {
  throw new Error('not installed')
})

it('says what to install when Istanbul is missing', async () => {
  const run = await attrflow(['test', 'entra-to-scim.test.yaml', '--coverage-report', 'lcov'], {
    directory: 'docs/examples',
  })
  expect(run.code).toBe(2)
  expect(run.err).toContain('npm install istanbul-lib-coverage@3')
})
