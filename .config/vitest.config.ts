import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { atLength, runsFactor } from '../test/support/at-length.js'

const propertyRuns = fileURLToPath(new URL('../test/support/property-runs.ts', import.meta.url))

/** The folders that decide what a mapping does; the others reach servers, files, terminals and browsers. */
const core =
  'text diagnostics dotnet values functions syntax check ir plan expression schema filter scim mapping graph lint editor'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [
    {
      // Properties are run by the project's own fast-check, which sets the number of runs and counts their cases.
      name: 'property-runs',
      enforce: 'pre',
      resolveId: (id, importer) =>
        id === 'fast-check' && importer !== propertyRuns ? propertyRuns : undefined,
    },
  ],
  test: {
    // No test changes what modules share, so each worker loads them once.
    isolate: false,
    // By default one core stays idle, which is half of a small machine.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    // Tests that start servers or take long belong to the gates of .ci/run.
    exclude: atLength ? [] : ['test/**/*.long.test.ts'],
    setupFiles: [fileURLToPath(new URL('../test/support/setup.ts', import.meta.url))],
    testTimeout: 30_000 * Math.max(1, runsFactor),
    coverage: {
      provider: 'v8',
      include: core.split(' ').map((folder) => `src/${folder}/**`),
      reporter: ['text-summary', 'json'],
      reportsDirectory: 'node_modules/.cache/attrflow/coverage',
      thresholds: { lines: 95, branches: 95 },
    },
  },
})
