import { Converter } from 'typedoc'
import { pages } from './pages.mjs'

/** Documents are named by their first heading and grouped by the navigation, so that the files need nothing that only the site reads. */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const heading = /^#\s+(.+)\n/.exec(document.content[0]?.text ?? '')
    const [group] = Object.entries(pages).find(([, names]) => names.includes(document.name)) ?? []
    if (group !== undefined) document.frontmatter.group = group
    if (heading !== null) document.name = heading[1].replaceAll('`', '')
  })
}
