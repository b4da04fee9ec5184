/** The hand-written and generated pages of the documentation, in the order of the site's navigation. */
export const pages = {
  Guides: [
    'previewing',
    'preview',
    'editors',
    'testing',
    'comparing',
    'ci',
    'populations',
    'embedding',
    'own-functions',
    'provisioning',
    'targets',
    'directories',
    'databases',
    'service-api',
    'scale',
    'incidents',
  ],
  Reference: ['commands', 'settings', 'functions', 'operators', 'diagnostics', 'lint', 'shapes', 'semantics'],
  Project: ['architecture', 'benchmarks'],
}
