import { catalogue } from './catalogue.js'
import type { Diagnostic } from './diagnostic.js'

/** The advice for a diagnostic: its own hint, else the catalogue's help. */
export const adviceFor = ({ code, hint }: Diagnostic): string => hint ?? catalogue[code].help
