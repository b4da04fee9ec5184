import { type Schema, Validator } from '@cfworker/json-schema'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { ExpressionInputObject, ParseExpressionRequest } from '../graph/responses.js'
import { yamlReason } from '../text/yaml-reason.js'
import { requireText } from '../values/misuse.js'
import { integer } from '../values/value.js'

/** The expected result of an object mapping. Members that are left out are not compared, unless `exact`. */
export interface ExpectedObject {
  readonly outcome?: string
  readonly reason?: string
  readonly inScope?: boolean
  /** Values by target attribute; null means that the attribute is cleared. */
  readonly attributes?: Readonly<Record<string, unknown>>
  /** Reasons by target attribute, such as `null` or `unchanged`. */
  readonly notFlowed?: Readonly<Record<string, string>>
  readonly matchedBy?: { readonly attribute?: string; readonly query?: string }
  /** The codes of all findings, in any order. */
  readonly diagnostics?: readonly string[]
  /** Part of the SCIM request's body. */
  readonly scim?: unknown
  /** Whether no attributes may flow other than those in `attributes`. Default false. */
  readonly exact?: boolean
}

/** The expected outcome of a single expression: the value or, as an object of this form, another outcome. */
export interface ExpectedOutcome {
  readonly outcome?: string
  readonly value?: unknown
  readonly error?: string
}

/** One case. */
export interface TestCase {
  readonly name: string
  /** A single expression; without it the object mapping of the file is tested. */
  readonly expression?: string
  readonly input?: Readonly<Record<string, unknown>>
  /** The input in the form of Graph's parseExpression. */
  readonly testInputObject?: ExpressionInputObject | null
  /** From the body of parseExpression: with a single-valued target, several values are an error. */
  readonly targetAttributeDefinition?: ParseExpressionRequest['targetAttributeDefinition']
  /** A population, relative to the test file; with `line` or `id` one of its objects, else all. */
  readonly source?: string
  readonly line?: number
  readonly id?: string
  /** The current objects of the target. */
  readonly target?: readonly Readonly<Record<string, unknown>>[]
  readonly operation?: 'create' | 'update'
  /** The texts that SelectUniqueValue finds taken in the target, ignoring case. */
  readonly taken?: readonly string[]
  readonly expect?: unknown
  /** Rows of input and expected result that share the rest of the case. */
  readonly table?: readonly { readonly input: Readonly<Record<string, unknown>>; readonly expect: unknown }[]
  /** A file with the expected results of all objects of `source`; `--update` writes it. */
  readonly snapshot?: string
  readonly now?: string
  readonly settings?: Readonly<Record<string, unknown>>
}

/** A file of tests. Paths are relative to it. */
export interface TestFile {
  readonly schema?: string
  readonly objectMapping?: string
  readonly rule?: string
  /** The id or name of the job or template whose schema is meant, if the file contains several. */
  readonly job?: string
  /** The current time of all cases, ISO 8601. */
  readonly now?: string
  readonly settings?: Readonly<Record<string, unknown>>
  /** Mutants that no test can kill or need not kill, each with the reason. */
  readonly ignoredMutants?: readonly { readonly id: string; readonly reason: string }[]
  /** Branches that no object can reach, each with the reason; coverage leaves them out. */
  readonly ignoredBranches?: readonly IgnoredBranch[]
  readonly cases: readonly TestCase[]
}

/** A branch to leave out of coverage, by its target attribute and its description there. */
export interface IgnoredBranch {
  readonly attribute: string
  readonly branch: string
  readonly reason: string
}

const text = { type: 'string' } as const
const object = { type: 'object' } as const

const expected = {
  description:
    'Of an object mapping: outcome, reason, inScope, attributes, notFlowed, matchedBy, diagnostics, scim, exact. Of an expression: the value, or {outcome}, {error}.',
} as const

/** The JSON Schema of test files, for editors and for the reader below. */
export const testFileSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'attrflow tests',
  type: 'object',
  required: ['cases'],
  additionalProperties: false,
  properties: {
    $schema: text,
    schema: { ...text, description: 'The synchronization schema, relative to this file' },
    objectMapping: { ...text, description: 'The object mapping; needed if several are enabled' },
    rule: text,
    job: { ...text, description: 'The job or template whose schema is meant, if the file contains several' },
    now: { ...text, description: 'The current time of all cases, ISO 8601' },
    settings: { ...object, description: 'Settings, in the form of the --settings file' },
    ignoredMutants: {
      type: 'array',
      description: 'Mutants of test --mutate that may survive, each with the reason',
      items: {
        type: 'object',
        required: ['id', 'reason'],
        additionalProperties: false,
        properties: { id: text, reason: { ...text, minLength: 1 } },
      },
    },
    ignoredBranches: {
      type: 'array',
      description:
        'Branches that no object can reach, with their names from test --coverage, each with the reason',
      items: {
        type: 'object',
        required: ['attribute', 'branch', 'reason'],
        additionalProperties: false,
        properties: { attribute: text, branch: text, reason: { ...text, minLength: 1 } },
      },
    },
    cases: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: text,
          expression: {
            ...text,
            description: 'A single expression; without it the object mapping is tested',
          },
          input: { ...object, description: 'The object of the source' },
          testInputObject: {
            type: ['object', 'null'],
            description: "The input, in the form of Graph's parseExpression",
            properties: {
              definition: { type: ['object', 'null'] },
              properties: {
                type: ['array', 'null'],
                items: { type: 'object', required: ['key'], properties: { key: text } },
              },
            },
          },
          targetAttributeDefinition: {
            type: ['object', 'null'],
            description: "The target, in the form of Graph's parseExpression",
          },
          source: { ...text, description: 'A population; with line or id one object of it' },
          line: { type: 'integer', minimum: 1 },
          id: text,
          target: { type: 'array', items: object, description: 'The current objects of the target' },
          operation: { enum: ['create', 'update'] },
          taken: {
            type: 'array',
            items: text,
            description: 'Texts that SelectUniqueValue finds taken in the target, ignoring case',
          },
          expect: expected,
          table: {
            type: 'array',
            items: {
              type: 'object',
              required: ['input', 'expect'],
              additionalProperties: false,
              properties: { input: object, expect: expected },
            },
          },
          snapshot: {
            ...text,
            description: 'The expected results of all objects of source; --update writes it',
          },
          now: text,
          settings: object,
        },
      },
    },
  },
}

/** Why a test file cannot be read. */
export interface TestFileProblem {
  readonly message: string
  /** Its line in the file, from 1; undefined if the whole file is meant. */
  readonly line?: number
}

/** The lines of a case in its file, from 1. */
export interface CaseLines {
  readonly line: number
  /** The lines of the rows of its table. */
  readonly rows: readonly number[]
}

/** A test file with the lines of its cases, or its problems. */
export type TestFileReading =
  | { readonly file: TestFile; readonly lines: readonly CaseLines[]; readonly problems?: undefined }
  | { readonly file?: undefined; readonly lines?: undefined; readonly problems: readonly TestFileProblem[] }

/** Whether every name is well-formed: a lone surrogate is not a character. */
const isWellFormed = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, inner]) => !/\p{Cs}/u.test(name) && isWellFormed(inner))
}

/** What the validator says, and how a person would say it. */
const wordings: readonly (readonly [says: RegExp, instead: string])[] = [
  [/^Instance does not have required property "(.*)"\.$/s, 'the member $1 is missing'],
  [/^Property "(.*)" does not match additional properties schema\.$/s, 'unknown member $1'],
  [/^Instance type "(.*)" is invalid\. Expected "(.*)"\.$/s, 'this is of the type $1; expected is $2'],
  [/^Instance does not match any of \[(.*)\]\.$/s, 'expected is one of $1'],
]

/** A problem with its place, such as `cases/0: unknown member nam`; without one if the whole file is meant. */
const problemText = (pointer: string, error: string): string => {
  const wording = wordings.find(([says]) => says.test(error))
  const text = wording === undefined ? error : error.replace(...wording)
  return pointer === '#' ? text : `${pointer.slice(2)}: ${text}`
}

/** The steps of a JSON pointer in the form of a URI fragment. */
const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))

/** The places of a document's nodes as lines. */
class Lines {
  readonly #document: Document
  readonly #counter: LineCounter

  constructor(document: Document, counter: LineCounter) {
    this.#document = document
    this.#counter = counter
  }

  /** The line on which the node at a path begins; undefined if there is none there. */
  at(path: readonly (string | number)[]): number | undefined {
    const { range } = (this.#document.getIn(path, true) ?? {}) as { range?: readonly number[] | null }
    return range?.[0] === undefined ? undefined : this.#counter.linePos(range[0]).line
  }

  /** The line of the deepest node of a path that the document has itself, not by an alias. */
  near(path: readonly string[]): number | undefined {
    return path.length === 0 ? undefined : (this.at(path) ?? this.near(path.slice(0, -1)))
  }

  ofCases({ cases }: TestFile): readonly CaseLines[] {
    return cases.map(({ table = [] }, index) => {
      const line = this.at(['cases', index]) ?? 1
      return { line, rows: table.map((_row, row) => this.at(['cases', index, 'table', row]) ?? line) }
    })
  }
}

/** Reads a test file in YAML or JSON. Never throws for a text. */
export const readTestFile = (content: string): TestFileReading => {
  requireText(content, 'the content of a test file')
  const counter = new LineCounter()
  const document = parseDocument(content, {
    prettyErrors: true,
    intAsBigInt: true,
    merge: true,
    lineCounter: counter,
  })
  if (document.errors.length > 0)
    return {
      problems: document.errors.map((error) => ({
        message: yamlReason(error),
        line: counter.linePos(error.pos[0]).line,
      })),
    }
  let value: unknown
  try {
    value = document.toJS({
      maxAliasCount: 100,
      reviver: (_name, one: unknown) => (typeof one === 'bigint' ? integer(one) : one),
    })
  } catch (error) {
    return { problems: [{ message: (error as Error).message }] }
  }
  // The validator writes places as URIs, which cannot contain a lone surrogate.
  if (!isWellFormed(value)) return { problems: [{ message: 'a name contains half of a character' }] }
  const lines = new Lines(document, counter)
  const { valid, errors } = new Validator(testFileSchema as Schema, '2020-12', false).validate(value)
  if (!valid) {
    const leaves = errors.filter(({ keyword }) => !['properties', 'items', '$ref', 'false'].includes(keyword))
    return {
      problems: leaves.map(({ instanceLocation, error }) => {
        const line = lines.near(stepsOf(instanceLocation))
        return {
          message: problemText(instanceLocation, error),
          ...(line === undefined ? {} : { line }),
        }
      }),
    }
  }
  const file = value as TestFile
  return { file, lines: lines.ofCases(file) }
}
