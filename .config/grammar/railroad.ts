// Railroad diagrams as static SVG. Boxes bring their own background and the lines are of a middle grey, so that
// the diagrams are legible on light and dark pages alike.
import { type TokenKind, tokenRules } from '../../src/syntax/repair/token-rules.js'
import type { GrammarNode, GrammarRule } from './gast.js'

/** A drawn part: how far it reaches to the right, and above and below the line that enters and leaves it. */
interface Part {
  readonly width: number
  readonly above: number
  readonly below: number
  readonly draw: (x: number, y: number) => string
}

const RADIUS = 8
const GAP = 14
const HALF_BOX = 13
const CHARACTER = 8

const style = `text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-anchor:middle;dominant-baseline:central;fill:#10202f}
.title{text-anchor:start;fill:#767676}
path{fill:none;stroke:#767676;stroke-width:1.5}
.token{fill:#d5ecd6;stroke:#4c8a50}.rule{fill:#d9e5f8;stroke:#4a6fa5}.end{fill:#767676}`

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const line = (x: number, y: number, length: number): string =>
  length > 0 ? `<path d="M${x} ${y}h${length}"/>` : ''

const box = (text: string, kind: 'token' | 'rule'): Part => {
  const width = text.length * CHARACTER + 20
  return {
    width,
    above: HALF_BOX,
    below: HALF_BOX,
    draw: (x, y) =>
      `<rect class="${kind}" x="${x}" y="${y - HALF_BOX}" width="${width}" height="${2 * HALF_BOX}" rx="${kind === 'token' ? HALF_BOX : 3}"/>` +
      `<text x="${x + width / 2}" y="${y}">${escapeXml(text)}</text>`,
  }
}

const straight: Part = { width: 0, above: 0, below: 0, draw: () => '' }

const inSequence = (parts: readonly Part[]): Part => ({
  width: parts.reduce((sum, part) => sum + part.width, 0) + GAP * Math.max(0, parts.length - 1),
  above: Math.max(0, ...parts.map((part) => part.above)),
  below: Math.max(0, ...parts.map((part) => part.below)),
  draw: (x, y) => {
    let at = x
    return parts
      .map((part, i) => {
        const joint = i > 0 ? line(at, y, GAP) : ''
        at += i > 0 ? GAP : 0
        const drawn = joint + part.draw(at, y)
        at += part.width
        return drawn
      })
      .join('')
  },
})

/** The first alternative lies on the line, the others below it. */
const choice = (parts: readonly Part[]): Part => {
  const inner = Math.max(...parts.map((part) => part.width))
  const width = inner + 4 * RADIUS
  const offsets = [0]
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    if (next !== undefined)
      offsets.push(offsets[i]! + Math.max(part.below + GAP / 2 + next.above, 2 * RADIUS))
  }
  return {
    width,
    above: parts[0]!.above,
    below: offsets.at(-1)! + parts.at(-1)!.below,
    draw: (x, y) =>
      parts
        .map((part, i) => {
          const down = offsets[i]!
          const start = x + 2 * RADIUS
          const track = line(start + part.width, y + down, inner - part.width) + part.draw(start, y + down)
          if (i === 0) return line(x, y, 2 * RADIUS) + track + line(start + inner, y, 2 * RADIUS)
          const turn = `q${RADIUS} 0 ${RADIUS} ${RADIUS}v${down - 2 * RADIUS}q0 ${RADIUS} ${RADIUS} ${RADIUS}`
          const back = `q${RADIUS} 0 ${RADIUS} ${-RADIUS}v${2 * RADIUS - down}q0 ${-RADIUS} ${RADIUS} ${-RADIUS}`
          return `<path d="M${x} ${y}${turn}"/>${track}<path d="M${start + inner} ${y + down}${back}"/>`
        })
        .join(''),
  }
}

/** Once or more: a track leads back below. */
const loop = (part: Part): Part => {
  const down = Math.max(part.below + GAP / 2, 2 * RADIUS)
  return {
    width: part.width + 2 * RADIUS,
    above: part.above,
    below: down,
    draw: (x, y) => {
      const end = x + RADIUS + part.width
      const back = `M${end} ${y}q${RADIUS} 0 ${RADIUS} ${RADIUS}v${down - 2 * RADIUS}q0 ${RADIUS} ${-RADIUS} ${RADIUS}h${-part.width}q${-RADIUS} 0 ${-RADIUS} ${-RADIUS}v${2 * RADIUS - down}q0 ${-RADIUS} ${RADIUS} ${-RADIUS}`
      return `${line(x, y, RADIUS)}${part.draw(x + RADIUS, y)}${line(end, y, RADIUS)}<path d="${back}"/>`
    },
  }
}

/** Punctuation is drawn as it is written, other tokens by their name. */
const tokenText = (name: string): string => {
  const { ebnf } = tokenRules[name as TokenKind]
  return /^'([^']*)'$/.exec(ebnf ?? '')?.[1] ?? name
}

const partOf = (node: GrammarNode): Part => {
  const inner = node.definition ?? []
  switch (node.type) {
    case 'NonTerminal':
      return box(node.name!, 'rule')
    case 'Terminal':
      return box(tokenText(node.name!), 'token')
    case 'Option':
      return choice([straight, inSequence(inner.map(partOf))])
    case 'Repetition':
      return choice([straight, loop(inSequence(inner.map(partOf)))])
    case 'Alternation':
      return choice(inner.map(partOf))
    default:
      return inSequence(inner.map(partOf))
  }
}

/** The diagram of one rule. */
export const railroad = (rule: GrammarRule): string => {
  const part = inSequence(rule.definition.map(partOf))
  const left = 14
  const top = 34 + part.above
  const width = part.width + 2 * (left + GAP)
  const height = top + part.below + 14
  const end = left + GAP + part.width
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Syntax of ${rule.name}">`,
    `<style>${style}</style>`,
    `<text class="title" x="${left - 4}" y="14">${rule.name}</text>`,
    `<circle class="end" cx="${left}" cy="${top}" r="4"/>`,
    line(left, top, GAP),
    part.draw(left + GAP, top),
    line(end, top, GAP),
    `<circle class="end" cx="${end + GAP}" cy="${top}" r="4"/>`,
    '</svg>',
    '',
  ].join('\n')
}
