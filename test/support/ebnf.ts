/**
 * A recogniser for W3C EBNF that knows nothing of the parser: it reads the published grammar and follows every
 * alternative. `!x` means: not followed by x.
 */
export type Ebnf =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'class'; readonly pattern: RegExp; readonly source: string }
  | { readonly type: 'reference'; readonly name: string }
  | { readonly type: 'sequence' | 'choice'; readonly items: readonly Ebnf[] }
  | { readonly type: 'repeat'; readonly item: Ebnf; readonly min: number; readonly max: number }
  | { readonly type: 'not'; readonly item: Ebnf }

export type EbnfGrammar = ReadonlyMap<string, Ebnf>

const lexeme = /\s*(?:('[^']*'|"[^"]*")|(\[(?:[^\]])*\])|([A-Za-z]\w*)|([()|?*+!]))/y

/** Reads the rules of a grammar. */
export const readEbnf = (text: string): EbnfGrammar => {
  const rules = new Map<string, Ebnf>()
  for (const line of text.replace(/\/\*[\s\S]*?\*\//g, '').split('\n')) {
    if (line.trim() === '') continue
    const [name, body] = line.split(/\s*::=\s*/, 2)
    if (body === undefined) throw new Error(`not a rule: ${line}`)
    rules.set(name!.trim(), readBody(body))
  }
  return rules
}

const characterClass = (source: string): Ebnf => {
  const pattern = source
    .replace(/\\/g, '\\\\')
    .replace(/#x([0-9A-Fa-f]+)/g, (_, code: string) => `\\u${code.padStart(4, '0')}`)
  return { type: 'class', pattern: new RegExp(`${pattern}`, 's'), source }
}

const readBody = (text: string): Ebnf => {
  const tokens: string[] = []
  lexeme.lastIndex = 0
  while (lexeme.lastIndex < text.trimEnd().length) {
    const match = lexeme.exec(text)
    if (match === null) throw new Error(`unreadable: ${text}`)
    tokens.push(match[0].trim())
  }
  let at = 0
  const choice = (): Ebnf => {
    const items = [sequence()]
    while (tokens[at] === '|') {
      at++
      items.push(sequence())
    }
    return items.length === 1 ? items[0]! : { type: 'choice', items }
  }
  const sequence = (): Ebnf => {
    const items: Ebnf[] = []
    while (at < tokens.length && tokens[at] !== '|' && tokens[at] !== ')') items.push(postfix())
    return items.length === 1 ? items[0]! : { type: 'sequence', items }
  }
  const postfix = (): Ebnf => {
    let item = primary()
    while (/^[?*+]$/.test(tokens[at] ?? '')) {
      const sign = tokens[at++]
      item = {
        type: 'repeat',
        item,
        min: sign === '+' ? 1 : 0,
        max: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
      }
    }
    return item
  }
  const primary = (): Ebnf => {
    const token = tokens[at++]!
    if (token === '!') return { type: 'not', item: primary() }
    if (token === '(') {
      const inner = choice()
      if (tokens[at++] !== ')') throw new Error(`unclosed group: ${text}`)
      return inner
    }
    if (/^['"]/.test(token)) return { type: 'literal', text: token.slice(1, -1) }
    if (token.startsWith('[')) return characterClass(token)
    return { type: 'reference', name: token }
  }
  const rule = choice()
  if (at !== tokens.length) throw new Error(`unread: ${text}`)
  return rule
}

/** All offsets at which a match of `rule` that begins at `start` may end. `step` matches what rules refer to. */
const ends = (
  rule: Ebnf,
  start: number,
  step: (rule: Ebnf, start: number) => ReadonlySet<number>,
): Set<number> => {
  switch (rule.type) {
    case 'sequence': {
      let places = new Set([start])
      for (const item of rule.items) {
        places = new Set([...places].flatMap((place) => [...ends(item, place, step)]))
      }
      return places
    }
    case 'choice':
      return new Set(rule.items.flatMap((item) => [...ends(item, start, step)]))
    case 'repeat': {
      const all = new Set<number>(rule.min === 0 ? [start] : [])
      let fresh = new Set([start])
      for (let count = 1; count <= rule.max && fresh.size > 0; count++) {
        const next = new Set([...fresh].flatMap((place) => [...ends(rule.item, place, step)]))
        fresh = new Set([...next].filter((place) => !all.has(place)))
        if (count >= rule.min) for (const place of next) all.add(place)
      }
      return all
    }
    case 'not':
      return ends(rule.item, start, step).size > 0 ? new Set() : new Set([start])
    default:
      return new Set(step(rule, start))
  }
}

/** A token by the name of its rule; punctuation by itself. */
export interface EbnfToken {
  readonly name: string
  readonly text: string
}

const startsWithCapital = (name: string): boolean => /^[A-Z]/.test(name)

/** The names of the tokens and the punctuation that a grammar's rules of tokens use. */
const terminalsOf = (grammar: EbnfGrammar): Map<string, Ebnf> => {
  const found = new Map<string, Ebnf>()
  const collect = (rule: Ebnf): void => {
    if (rule.type === 'literal') found.set(rule.text, rule)
    else if (rule.type === 'reference' && startsWithCapital(rule.name))
      found.set(rule.name, grammar.get(rule.name)!)
    else if (rule.type === 'sequence' || rule.type === 'choice') rule.items.forEach(collect)
    else if (rule.type === 'repeat' || rule.type === 'not') collect(rule.item)
  }
  for (const [name, rule] of grammar) if (!startsWithCapital(name)) collect(rule)
  return found
}

/** Splits a text into tokens by the longest match; undefined when none fits somewhere. */
export const tokenizeByEbnf = (grammar: EbnfGrammar, text: string): EbnfToken[] | undefined => {
  const terminals = terminalsOf(grammar)
  const memo = new Map<string, Set<number>>()
  const step = (rule: Ebnf, start: number): Set<number> => {
    if (rule.type === 'literal')
      return text.startsWith(rule.text, start) ? new Set([start + rule.text.length]) : new Set()
    if (rule.type === 'class')
      return start < text.length && rule.pattern.test(text[start]!) ? new Set([start + 1]) : new Set()
    if (rule.type !== 'reference') throw new Error(`no step for ${rule.type}`)
    const key = `${rule.name} ${start}`
    let found = memo.get(key)
    if (found === undefined) {
      found = ends(grammar.get(rule.name)!, start, step)
      memo.set(key, found)
    }
    return found
  }
  const tokens: EbnfToken[] = []
  let position = 0
  while (position < text.length) {
    if (ends(grammar.get('WhiteSpace')!, position, step).size > 0) {
      position++
      continue
    }
    let best = position
    let name = ''
    for (const [candidate, rule] of terminals) {
      const end = Math.max(-1, ...ends(rule, position, step))
      if (end > best) {
        best = end
        name = candidate
      }
    }
    if (best === position) return undefined
    tokens.push({ name, text: text.slice(position, best) })
    position = best
  }
  return tokens
}

/** Whether the text is a sentence of the rule `start`. */
export const recognises = (grammar: EbnfGrammar, start: string, text: string): boolean => {
  const tokens = tokenizeByEbnf(grammar, text)
  if (tokens === undefined) return false
  const memo = new Map<string, Set<number>>()
  const step = (rule: Ebnf, at: number): Set<number> => {
    const name = rule.type === 'literal' ? rule.text : rule.type === 'reference' ? rule.name : ''
    if (rule.type === 'literal' || startsWithCapital(name)) {
      return tokens[at]?.name === name ? new Set([at + 1]) : new Set()
    }
    const key = `${name} ${at}`
    let found = memo.get(key)
    if (found === undefined) {
      found = ends(grammar.get(name)!, at, step)
      memo.set(key, found)
    }
    return found
  }
  return step({ type: 'reference', name: start }, 0).has(tokens.length)
}
