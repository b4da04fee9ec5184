/**
 * What the parser has read of a date or time, in the order read: `n` a number, `M` a month name, `y` a number of
 * three digits or more, which is a year; `/` and `:` the separator after the last one. `n~` is a number after
 * numbers with suffixes, `date~` and `time~` nothing but such numbers.
 */
export type ParseState =
  | 'begin'
  | 'n'
  | 'nn'
  | 'n/'
  | 'n/n'
  | 'n/n/'
  | 'M'
  | 'Mn'
  | 'nM'
  | 'Mn/'
  | 'n~'
  | 'y'
  | 'yn'
  | 'yn/'
  | 'yM'
  | 'yM/'
  | 'date~'
  | 'time~'
  | 'n:'
  | 'n:n:'

/** A complete part of the text; the name lists the tokens it consists of. */
export type CompletePart =
  | 'date nn'
  | 'date nnn'
  | 'date Mn'
  | 'date nM'
  | 'date Mnn'
  | 'date ynn'
  | 'date yMn'
  | 'date yn'
  | 'date yM'
  | 'date nny'
  | 'date suffixed'
  | 'date suffixed n'
  | 'date n suffixed'
  | 'date nn suffixed'
  | 'time n'
  | 'time nn'
  | 'time nnn'
  | 'time suffixed'

/** One token of the text, with what follows it. */
export type ParseToken =
  | 'end'
  | 'n end'
  | 'n am/pm'
  | 'n space'
  | 'n /'
  | 'n :'
  | 'M end'
  | 'M space'
  | 'M /'
  | 'n date~'
  | 'n time~'
  | 'day of week'
  | 'y space'
  | 'y /'
  | 'y end'
  | 'zone'
  | 'era'

export type Transition = ParseState | CompletePart

type Transitions = Readonly<Partial<Record<ParseToken, Transition>>>

/** Tokens with the same target are written once, separated by a bar. */
function transitions(rows: Readonly<Record<string, Transition>>): Transitions {
  const result: Partial<Record<ParseToken, Transition>> = {}
  for (const [tokens, target] of Object.entries(rows)) {
    for (const token of tokens.split('|')) result[token as ParseToken] = target
  }
  return result
}

/** Which token may follow which state in DateTime.Parse; a token that is not listed is a fault. */
const makeTable = (): Readonly<Record<ParseState, Transitions>> => ({
  begin: transitions({
    'end|day of week|zone|era': 'begin',
    'n am/pm': 'time n',
    'n space': 'n',
    'n /': 'n/',
    'n :': 'n:',
    'M space|M /': 'M',
    'n date~': 'date~',
    'n time~': 'time~',
    'y space|y /': 'y',
  }),
  n: transitions({
    'n end': 'date nn',
    'n space': 'nn',
    'n /': 'n/n/',
    'M end': 'date nM',
    'M space': 'nM',
    'M /': 'Mn/',
    'n date~': 'n~',
    'day of week|zone|era': 'n',
    'y space': 'yn',
    'y /': 'yn/',
    'y end': 'date yn',
  }),
  nn: transitions({
    end: 'date nn',
    'n end|n space': 'date nnn',
    'n am/pm': 'time n',
    'n :': 'n:',
    'M end|M space': 'date Mnn',
    'n time~': 'time~',
    'day of week|zone|era': 'nn',
    'y space|y end': 'date nny',
  }),
  'n/': transitions({
    'n end': 'date nn',
    'n space': 'n/n',
    'n /': 'n/n/',
    'M end': 'date nM',
    'M space': 'Mn',
    'M /': 'Mn/',
    'day of week|era': 'n/',
    'y space': 'yn',
    'y /': 'yn/',
    'y end': 'date yn',
  }),
  'n/n': transitions({
    end: 'date nn',
    'n end|n space': 'date nnn',
    'n am/pm': 'time n',
    'n :': 'n:',
    'M end|M space': 'date Mnn',
    'n date~': 'date suffixed',
    'n time~': 'time~',
    'day of week|era': 'n/n',
    'y space|y end': 'date nny',
  }),
  'n/n/': transitions({
    'n end|n am/pm|n space': 'date nnn',
    'M end|M space': 'date Mnn',
    'n date~': 'date suffixed',
    'day of week|era': 'n/n/',
    'y space|y end': 'date nny',
  }),
  M: transitions({
    'n end': 'date Mn',
    'n space': 'Mn',
    'n /': 'Mn/',
    'day of week|era': 'M',
    'y space': 'yM',
    'y /': 'yM/',
    'y end': 'date yM',
  }),
  Mn: transitions({
    end: 'date Mn',
    'n end|n am/pm|n space': 'date Mnn',
    'n :': 'n:',
    'n date~': 'date suffixed',
    'n time~': 'time~',
    'day of week|era': 'Mn',
    'y space|y end': 'date yMn',
  }),
  nM: transitions({
    end: 'date nM',
    'n end|n am/pm|n space': 'date Mnn',
    'n :': 'n:',
    'n date~': 'date suffixed',
    'n time~': 'time~',
    'day of week|era': 'nM',
    'y space|y end': 'date yMn',
  }),
  'Mn/': transitions({
    'n end|n space': 'date Mnn',
    'day of week|era': 'Mn/',
    'y space|y end': 'date yMn',
  }),
  'n~': transitions({
    end: 'date n suffixed',
    'n end|n am/pm|n space': 'date nn suffixed',
    'n :': 'n:',
    'n date~|day of week|era': 'n~',
    'n time~': 'time~',
  }),
  y: transitions({
    'n end': 'date yn',
    'n space': 'yn',
    'n /': 'yn/',
    'M end': 'date yM',
    'M space|n date~': 'yM',
    'M /': 'yM/',
    'day of week|era': 'y',
  }),
  yn: transitions({
    end: 'date yn',
    'n end|n am/pm|n space': 'date ynn',
    'M end|M space': 'date yMn',
    'day of week|era': 'yn',
  }),
  'yn/': transitions({
    'n end|n am/pm|n space': 'date ynn',
    'M end|M space': 'date yMn',
    'day of week|era': 'yn',
  }),
  yM: transitions({
    end: 'date yM',
    'n end|n am/pm|n space': 'date yMn',
    'day of week|era': 'yM',
  }),
  'yM/': transitions({
    'n end|n am/pm|n space': 'date yMn',
    'day of week|era': 'yM',
  }),
  'date~': transitions({
    end: 'date suffixed',
    'n end': 'date suffixed n',
    'n am/pm': 'time n',
    'n space|n :': 'n:',
    'n date~|day of week|era': 'date~',
    'n time~': 'time~',
  }),
  'time~': transitions({
    'end|n end|n am/pm': 'time suffixed',
    'n space': 'n:',
    'n /': 'n/',
    'n date~': 'date~',
    'n time~|day of week|zone|era': 'time~',
  }),
  'n:': transitions({
    'n end|n am/pm|n space': 'time nn',
    'n :': 'n:n:',
    'M end': 'date nM',
    'M space': 'nM',
    'n time~': 'time~',
    'zone|era': 'n:',
  }),
  'n:n:': transitions({
    'n end|n am/pm|n space': 'time nnn',
    'n time~': 'time~',
    'day of week|zone|era': 'n:n:',
  }),
})

/** Made on first use: most programs that load this never parse a date. */
let table: Readonly<Record<ParseState, Transitions>> | undefined

/** The state after a token, or undefined if the token may not follow. */
export function transitionFrom(state: ParseState, token: ParseToken): Transition | undefined {
  table ??= makeTable()
  return table[state][token]
}

export function isComplete(transition: Transition): transition is CompletePart {
  return transition.startsWith('date ') || transition.startsWith('time ')
}
