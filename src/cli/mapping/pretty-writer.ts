import type { EntryWriter } from '../../cycle/index.js'
import {
  type CompiledObjectMapping,
  type MappedObject,
  objectReasons,
  type ScimRequestOptions,
  scimRequestOf,
  withoutRedacted,
} from '../../mapping/index.js'
import { shown } from '../../text/shown.js'
import { cut, pad, type Style } from '../style.js'
import { objectView, outcomeText } from './object-view.js'

/** How objects are shown as text. */
export interface PrettyOptions {
  /** Whether each object is one line. */
  readonly brief: boolean
  readonly scim: ScimRequestOptions
  readonly width: number
  readonly style: Style
}

/** Writes objects as text: everything about each, or one line. */
export const prettyWriter = (
  compiled: CompiledObjectMapping,
  { brief, scim, width, style }: PrettyOptions,
): EntryWriter => ({
  header: '',
  object: (line, id, mapped) => {
    const visible = withoutRedacted(compiled, mapped)
    if (brief) return briefLine(line, id ?? '', visible, width, style)
    const title = `line ${line}  ${id ?? ''}`.trimEnd()
    return objectView(title, compiled, visible, scimRequestOf(compiled, visible, scim), width, style)
  },
  unreadable: ({ line, diagnostics }) => {
    const reason = diagnostics.map(({ message }) => shown(message)).join(' ')
    return `${style.paint('bold', `line ${line}`)}  ${outcomeText('error', style)} ${reason}\n${brief ? '' : '\n'}`
  },
  gone: (id) =>
    `${style.paint('bold', shown(id))}  ${outcomeText('delete', style)} ${objectReasons.SourceDeleted}\n${brief ? '' : '\n'}`,
})

/** One line: the outcome of an object and, if it is written, how many attributes flow. */
const briefLine = (line: number, id: string, mapped: MappedObject, width: number, style: Style): string => {
  const flowing = mapped.attributes.filter(({ decision }) => decision.flows).length
  const [first] = mapped.diagnostics
  const detail =
    first !== undefined
      ? `${first.path === undefined ? '' : `${first.path}: `}${first.message}`
      : mapped.outcome === 'skip' || mapped.outcome === 'delete'
        ? objectReasons[mapped.reason]
        : `${flowing} of ${mapped.attributes.length} attributes flow`
  const head = `${String(line).padStart(4)}  ${pad(cut(id, 36), 36)}  `
  return `${head}${outcomeText(mapped.outcome, style, 9)}${cut(detail, Math.max(40, width - head.length - 9))}\n`
}
