import type { RuntimeEntry, RuntimeNamespace } from '../plan/codegen/module-scope.js'
import * as dates from './dates.js'
import * as encodings from './encodings.js'
import * as plain from './index.js'
import * as patterns from './patterns.js'

/** The entry points of the runtime. Every generated module loads the first one. No name is in two of them. */
export const runtimeEntries: readonly [RuntimeEntry, ...RuntimeEntry[]] = [
  { specifier: 'attrflow/runtime', exports: plain },
  { specifier: 'attrflow/runtime/patterns', exports: patterns },
  { specifier: 'attrflow/runtime/dates', exports: dates },
  { specifier: 'attrflow/runtime/encodings', exports: encodings },
]

/** The exports of all entry points together. */
export const runtime: RuntimeNamespace = { ...plain, ...patterns, ...dates, ...encodings }
