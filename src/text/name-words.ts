import { shown } from './shown.js'

/** Where a name can break: before a capital letter, and after a sign between words. */
const breaks = /(?<=[a-z\d])(?=[A-Z])|(?<=[.:_-])(?=\w)/

/** The parts between which the name of an attribute may break where a line is too short. Unsafe characters are escaped. */
export const nameWords = (name: string): readonly string[] => shown(name).split(breaks)
