import type { DiagnosticCode } from '../diagnostics/catalogue.js'

/** The rules about filters, by their names in configuration files; see filter/lint. */
export const filterRules: readonly { readonly id: string; readonly code: DiagnosticCode }[] = [
  { id: 'filter-unanchored', code: 'AF9100' },
  { id: 'filter-missing-value', code: 'AF9101' },
  { id: 'filter-unsupported-attribute', code: 'AF9102' },
  { id: 'filter-several-values', code: 'AF9103' },
  { id: 'filter-never-passes', code: 'AF9104' },
  { id: 'filter-always-passes', code: 'AF9105' },
  { id: 'filter-multivalued', code: 'AF9106' },
  { id: 'filter-type', code: 'AF9107' },
  { id: 'filter-complementary-groups', code: 'AF9108' },
]
