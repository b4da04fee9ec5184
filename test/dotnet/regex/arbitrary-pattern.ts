import fc from 'fast-check'

const atom = fc.constantFrom(
  'a',
  'b',
  'c',
  '.',
  '\\w',
  '\\d',
  '\\s',
  '[ab]',
  '[^a]',
  '[a-c-[b]]',
  '\\b',
  '\\B',
  '^',
  '$',
  '\\A',
  '\\z',
  '\\Z',
  '\\p{Lu}',
  'A',
  '1',
  '(?i:a)',
  'é',
  '\\G',
)
const quantifier = fc.constantFrom(
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,2}?',
  '{2,}',
  '{0,3}',
  '{2,}?',
)

/** Patterns without anything that only the matcher can do, and with it (references, conditionals, balancing). */
const tree = (wild: boolean): fc.Arbitrary<string> =>
  fc
    .letrec<{ node: string; leaf: string }>((tie) => {
      const node = tie('node')
      const leaves = wild
        ? [
            atom,
            fc.constantFrom('\\1', '\\k<n>', '(?(1)a|b)', '(?(n)b|c)', '(?<-n>a)', '(?<m-n>b)', '(?i:\\1)'),
          ]
        : [atom]
      return {
        leaf: fc.oneof(...leaves),
        node: fc.oneof(
          { maxDepth: 4, withCrossShrink: true },
          tie('leaf'),
          fc.tuple(node, node).map(([a, b]) => a + b),
          fc.tuple(node, node, node).map(([a, b, c]) => a + b + c),
          fc.tuple(node, node).map(([a, b]) => `(?:${a}|${b})`),
          fc.tuple(node, quantifier).map(([a, q]) => `(?:${a})${q}`),
          fc.tuple(atom, quantifier).map(([a, q]) => a + q),
          node.map((a) => `(${a})`),
          node.map((a) => `(?>${a})`),
          fc.tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), node).map(([open, a]) => `${open}${a})`),
          fc.tuple(node, node, node).map(([a, b, c]) => `(?(?=${a})${b}|${c})`),
        ),
      }
    })
    .node.map((pattern) => (wild ? `(?<n>a)?(b)?${pattern}` : pattern))

export const translatablePattern: fc.Arbitrary<string> = tree(false)
export const wildPattern: fc.Arbitrary<string> = tree(true)

/** Short texts over the letters of the patterns. */
export const subject: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', '1', ' ', '\n', 'é'), { maxLength: 12 })
  .map((units) => units.join(''))
