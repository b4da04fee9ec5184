/** How sources are found and read, wherever rolldown bundles them: the build, scripts, the browser tests. */
export const bundlerInput = {
  // `./span.js` names the emitted file; the source is span.ts.
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    mainFields: ['module', 'main'],
    conditionNames: ['import', 'default'],
  },
  tsconfig: false,
  onLog(level, log, handle) {
    // A warning of the bundler is a fault of ours: an unresolved import, a cycle between chunks, an eval.
    if (level === 'warn') throw new Error(`${log.code}: ${log.message}`)
    handle(level, log)
  },
}
