/** Whether a text is well-formed XML, as far as reports use it: tags that close, attributes in quotes, no bare signs. */
export const isWellFormedXml = (text: string): boolean => {
  const open: string[] = []
  const tag = /<(\?xml[^?]*\?|\/?[a-z]+)((?: [a-z]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>|([^<]+)/gy
  let at = 0
  for (let found = tag.exec(text); found !== null; found = tag.exec(text)) {
    at = tag.lastIndex
    const [, name, , closed, content] = found
    if (content !== undefined) {
      if (/&(?!#\d+;)/.test(content) || /[^\t-\uffff]/.test(content)) return false
    } else if (name!.startsWith('?')) continue
    else if (name!.startsWith('/')) {
      if (open.pop() !== name!.slice(1)) return false
    } else if (closed === '') open.push(name!)
  }
  return at === text.length && open.length === 0
}
