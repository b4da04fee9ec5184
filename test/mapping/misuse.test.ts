import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluateUnique, outcomeJson, type UniqueLookup } from '../../src/batch.js'
import { generateMappingModule } from '../../src/codegen.js'
import {
  completeOperator,
  describeExpression,
  positionAt,
  renameAttribute,
  renameInExpression,
} from '../../src/editor/index.js'
import { compileFilter, findOperator, lintFilter } from '../../src/filter/index.js'
import { describeFunction, listFunctions } from '../../src/functions/index.js'
import { parseExpressionResponse, provisioningResult } from '../../src/graph/index.js'
import {
  checkExpression,
  checkFunction,
  compileExpression,
  createContext,
  defineFunction,
  parseExpression,
  standardLibrary,
} from '../../src/index.js'
import {
  analyzeDomains,
  applyLevels,
  attributeDomain,
  beyondBaseline,
  diagnoseSchema,
  fixSchema,
  lintExpression,
  lintSchema,
  makeBaseline,
} from '../../src/lint/index.js'
import {
  compileMapping,
  compileObjectMapping,
  flowingValues,
  mapObject,
  mapObjectsUnique,
  mappedObjectJson,
  mappedTextWriter,
  scimBodyWriter,
  scimRequestOf,
  selectObjectMapping,
  withoutRedacted,
} from '../../src/mapping/index.js'
import { prettyExpression, printExpression } from '../../src/print.js'
import { readSchema, validateSchema, writeSchema } from '../../src/schema/index.js'
import { createResource, flattenResource, parseScimPath, patchResource } from '../../src/scim/index.js'
import { mappingShaper, readPopulation } from '../../src/sources/index.js'
import { assertMapsTo, sourceObjects } from '../../src/testing/index.js'
import {
  caseOfObject,
  diffMarkdown,
  generateObjects,
  junitReport,
  mutantsOf,
  readTestFile,
  reviewChanges,
  runTestFile,
  schemaChanges,
  searchCounterexample,
} from '../../src/verify/index.js'
import { populationResults, scopeCounts, storyOf, traceTree } from '../../src/views/index.js'

const compiled = compileMapping(
  readFileSync(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url)),
)
const user = { userPrincipalName: 'ada@example.org' }
const unique = compileExpression('SelectUniqueValue("a", "b")')
const own = { name: 'Own', parameters: { text: 'String' }, returns: 'String', evaluate: String } as const
const f = defineFunction(own)

/** A call as a program without types makes it, with a part of the message. */
const calls: Readonly<Record<string, readonly [message: string, call: () => unknown]>> = {
  'an object in place of a mapping': ['compileMapping(schema)', () => mapObject(user as never, compiled)],
  'no mapping': ['compileMapping(schema)', () => mapObject(undefined as never, user)],
  'a user in place of its result': ['mapObject(mapping, user)', () => flowingValues(user as never)],
  'no result': ['mapObject(mapping, user)', () => scimRequestOf(compiled, undefined as never)],
  'a user to redact': ['mapObject(mapping, user)', () => withoutRedacted(compiled, user as never)],
  'a user as JSON': ['mapObject(mapping, user)', () => mappedObjectJson(compiled, user as never)],
  'a user as text': ['mapObject(mapping, user)', () => mappedTextWriter(compiled)(user as never)],
  'a writer of nothing': ['compileMapping(schema)', () => mappedTextWriter(7 as never)],
  'a writer of a user': ['compileMapping(schema)', () => scimBodyWriter(user as never)],
  'a module of nothing': ['not null', () => generateMappingModule(null as never)],
  'the text of a schema to lint': ['readSchema(text).schema, not a string', () => lintSchema('{}' as never)],
  'no schema to fix': ['readSchema(text).schema', () => fixSchema(undefined as never)],
  'no schema to diagnose': ['readSchema(text).schema', () => diagnoseSchema(undefined as never)],
  'no schema to validate': ['readSchema(text).schema', () => validateSchema([] as never)],
  'no schema to write': ['readSchema(text).schema', () => writeSchema(undefined as never)],
  'no schema to select in': ['readSchema(text).schema', () => selectObjectMapping(undefined as never)],
  'no schema to rename in': ['readSchema(text).schema', () => renameAttribute('' as never, {} as never)],
  'a promise of a schema': ['await a promise', () => readSchema(Promise.resolve('{}'))],
  'no schema to compile': ['text, bytes or a parsed object', () => compileMapping(undefined as never)],
  'a text to lint': ['analyzeExpression(text)', () => lintExpression('[a]' as never, {} as never)],
  'a text to print': ['parseExpression(text).expression', () => printExpression('[a]' as never)],
  'a text to lay out': ['parseExpression(text).expression', () => prettyExpression('[a]' as never)],
  'a text to describe': [
    'parseExpression(text).expression',
    () => describeExpression('[a]' as never, standardLibrary),
  ],
  'a schema to complete in': ['an expression is text, not another object', () => positionAt({} as never, 0)],
  'no expression to rename in': ['an expression is text', () => renameInExpression(null as never, 'a', 'b')],
  'an operator that is a list': ['an operator is text, not a list', () => completeOperator([] as never)],
  'no path': ['a SCIM path is text, not undefined', () => parseScimPath(undefined as never)],
  'bytes as a test file': ['a test file is text', () => readTestFile(new Uint8Array() as never)],
  'a text to analyze': ['analyzeExpression(text)', () => analyzeDomains('[a]' as never, {} as never)],
  'a text as a filter': ['expected a filter', () => compileFilter('a EQUALS b' as never)],
  'a filter without settings': ['{ settings: defaultSettings }', () => lintFilter(null, undefined as never)],
  'nothing to parse': ['an expression is text, not undefined', () => parseExpression(undefined as never)],
  'a record in place of records': [
    'a list of records',
    () => evaluateUnique(unique, user as never, noneTaken),
  ],
  'no look-up': ['expected a look-up', () => mapObjectsUnique(compiled, [user], undefined as never)],
  'a look-up that says yes': [
    'must return a list',
    () => evaluateUnique(unique, [{}], (async () => true) as never),
  ],
  'a look-up without an answer': [
    'must return a list',
    () => evaluateUnique(unique, [{}], (async () => undefined) as never),
  ],
  'a look-up in one place without an answer': [
    'isTaken must answer true or false',
    () => unique.evaluate({}, { isTaken: (() => undefined) as never }),
  ],
  'no result to tell': ['mapObject(mapping, user)', () => storyOf(compiled, user, user as never, undefined)],
  'a text to trace': ['compileExpression(text)', () => traceTree('[a]' as never, {} as never)],
  'no trace': ['compiled.trace(record)', () => traceTree(unique, undefined as never)],
  'no records': ['a list of records', () => populationResults(unique, undefined as never)],
  'a record to count': ['a list of records', () => scopeCounts(compiled, user as never)],
  'texts of schemas to compare': [
    'readSchema(text).schema',
    () => schemaChanges('{}' as never, '{}' as never),
  ],
  'a schema in place of a mapping': ['compileMapping(schema)', () => mutantsOf(compiled.schema as never)],
  'no mapping to search': [
    'compileMapping(schema)',
    () => searchCounterexample(compiled, undefined as never),
  ],
  'no mapping to generate for': [
    'compileMapping(schema)',
    () => [...generateObjects({} as never, { count: 1, seed: 1 })],
  ],
  'no count': ['{ count, seed }', () => [...generateObjects(compiled, undefined as never)]],
  'the text of a test file': ['readTestFile(text).file', () => runTestFile('{}' as never, {} as never)],
  'no files beside a test file': ['{ files }', () => runTestFile({ cases: [] }, undefined as never)],
  'a result in place of files': ['results of test files', () => junitReport({} as never)],
  'no comparison': ['a comparison', () => diffMarkdown(undefined as never)],
  'no case': ['{ now }', () => caseOfObject(compiled, user, undefined as never)],
  'no changes': ['a list of changes', () => reviewChanges(undefined as never, [], '2026-01-01')],
  'no body of a request': ['the body of a request', () => parseExpressionResponse(undefined as never)],
  'no result for Graph': [
    'mapObject(mapping, user)',
    () => provisioningResult(compiled, user, undefined as never, ''),
  ],
  'a resource of an object': ['flowingValues(mapped)', () => createResource({} as never)],
  'a patch of nothing': ['flowingValues(mapped)', () => patchResource(new Map(), undefined as never)],
  'no paths': ['a list of paths', () => flattenResource({}, undefined as never)],
  'levels of a finding': ['a list of diagnostics', () => applyLevels({} as never, {})],
  'no levels': ['levels by the names of rules', () => applyLevels([], undefined as never)],
  'a list of levels': ['levels by the names of rules', () => applyLevels([], [] as never)],
  'a baseline of nothing': ['a list of findings', () => makeBaseline(undefined as never)],
  'beyond no baseline': ['makeBaseline(findings)', () => beyondBaseline([], undefined as never)],
  'the domain of a name': ['an attribute, with type', () => attributeDomain('mail' as never)],
  'the name of a function': ["standardLibrary.get('Join')", () => describeFunction('Join' as never)],
  'no library to list': ['standardLibrary', () => listFunctions(undefined as never)],
  'no operator': ['an operator is text', () => findOperator(undefined as never)],
  'no tree to check': [
    'parseExpression(text).expression',
    () => checkExpression('[a]' as never, {} as never),
  ],
  'a rule to compile': [
    'a rule of schema.synchronizationRules',
    () => compileObjectMapping(compiled.schema, undefined as never, compiled.objectMapping),
  ],
  'no outcome': ['compiled.evaluate(record)', () => outcomeJson(undefined as never, [])],
  'a path as a population': ['createReadStream(file)', () => readPopulation('a.json' as never).next()],
  'no mapping to shape for': ['compileMapping(schema)', () => mappingShaper(undefined as never)],
  'a text to map': ['compileMapping(schema)', () => assertMapsTo('{}' as never, user, {})],
  'no fast-check': ['sourceObjects(fc, mapping)', () => sourceObjects(undefined as never, compiled)],
  'no function to check': ['made by defineFunction', () => checkFunction(undefined as never)],
  'a function twice': ['two functions called Own', () => standardLibrary.with(f, f)],
  'an unknown member': ['did you mean redacts?', () => defineFunction({ ...own, redact: true } as never)],
  'an unknown member of a parameter': [
    'did you mean optional?',
    () => defineFunction({ ...own, parameters: { text: { type: 'String', optinal: true } } } as never),
  ],
  'examples as a text': ['examples takes a list', () => defineFunction({ ...own, examples: 'a' } as never)],
  'a Date as context': ['not a Date', () => createContext(new Date(0) as never)],
  'a Map as options': ['not a Map', () => compileExpression('[a]', new Map() as never)],
  'placeholders in a Map': [
    'placeholders takes an object of texts',
    () => compileExpression('[a]', { settings: { placeholders: new Map() as never } }),
  ],
}

const noneTaken: UniqueLookup = () => Promise.resolve([])

describe('a call that types would refuse', () => {
  it.each(Object.entries(calls))(
    '%s is a TypeError that says what to pass',
    async (_what, [message, call]) => {
      const thrown: unknown = await Promise.resolve()
        .then(call)
        .catch((error: unknown) => error)
      expect(thrown).toBeInstanceOf(TypeError)
      expect((thrown as TypeError).message).toContain(message)
    },
  )
})

it('levels need no prototype', () => {
  expect(applyLevels([], Object.assign(Object.create(null), { AF9001: 'off' }))).toEqual([])
})
