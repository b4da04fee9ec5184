import manifest from '../package.json' with { type: 'json' }

/** The reference of the public API: one module for each entry point that package.json declares. */
export default {
  entryPoints: Object.values(manifest.exports).flatMap(({ types }) =>
    types === undefined ? [] : [types.replace('./dist/types/', '../src/').replace(/\.d\.ts$/, '.ts')],
  ),
  tsconfig: '../tsconfig.json',
  out: '../docs/api',
  readme: 'none',
  excludePrivate: true,
  excludeInternal: true,
  includeVersion: true,
  hideGenerator: true,
  // The entry points name what users need; the rest of a signature is shown as text.
  validation: { notExported: false },
  disableSources: true,
  // npm run typecheck does that.
  skipErrorChecking: true,
  treatWarningsAsErrors: true,
}
