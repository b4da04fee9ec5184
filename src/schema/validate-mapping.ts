import { bindCalls } from '../check/bind.js'
import { type CheckedExpression, checkExpression } from '../check/checker.js'
import { type CheckEnvironment, createEnvironment } from '../check/environment.js'
import { FunctionLibrary } from '../functions/library.js'
import { standardLibrary } from '../functions/standard.js'
import type { Expression } from '../syntax/ast.js'
import { printExpression } from '../syntax/print.js'
import { alwaysHasValue } from './always-has-value.js'
import { analyzeSource } from './analyze-source.js'
import type { ObjectAttributes } from './attributes.js'
import { compareTree } from './expression-tree.js'
import { didYouMean, type Findings, type ValidationOptions } from './findings.js'
import { fromSource } from './from-source.js'
import { liftDiagnostic, placeOf } from './locate.js'
import type { AttributeMapping, AttributeMappingSource, ObjectMapping } from './model.js'
import { parsedText } from './parsed-text.js'

/** The environment of an object mapping; a side that is undefined is not checked. */
export interface MappingContext {
  readonly source: ObjectAttributes | undefined
  readonly target: ObjectAttributes | undefined
  readonly options: ValidationOptions
  readonly findings: Findings
}

/** The known facts about the source of a mapping. */
interface SourceFacts {
  /** The attributes it reads. */
  readonly attributes: readonly string[]
  /** Whether it yields a value for every object. */
  readonly alwaysHasValue: boolean
}

/** Validates the filters and attribute mappings of an enabled object mapping. */
export const validateObjectMapping = (
  mapping: ObjectMapping,
  givenPath: string,
  context: MappingContext,
): void => {
  validateFilters(mapping, givenPath, context)
  mapping.attributeMappings.forEach((attributeMapping, index) => {
    const at = `${givenPath}.attributeMappings[${index}]`
    validateTarget(attributeMapping, at, index, mapping, context)
    const { source } = attributeMapping
    if (source === null) return
    if (source.name === null && (source.expression ?? '').trim() === '') {
      const name = attributeMapping.targetAttributeName
      context.findings.add('AF4118', attributeMapping, at, 'source', { name })
      return
    }
    const facts = validateSource(source, `${at}.source`, context)
    validateUse(attributeMapping, facts, at, context)
  })
  validateWhole(mapping, givenPath, context)
}

const validateFilters = (
  mapping: ObjectMapping,
  givenPath: string,
  { source, findings }: MappingContext,
): void => {
  if (source === undefined || mapping.scope === null) return
  for (const set of ['groups', 'inputFilterGroups', 'categoryFilterGroups'] as const) {
    mapping.scope[set].forEach((group, g) => {
      group.clauses.forEach((clause, c) => {
        const name = clause.sourceOperandName
        if (source.lookup(name) !== undefined) return
        const at = `${givenPath}.scope.${set}[${g}].clauses[${c}]`
        const args = { object: source.description, name: `[${name}]` }
        findings.add('AF2004', clause, at, 'sourceOperandName', args, didYouMean(source.suggest(name)))
      })
    })
  }
}

const validateTarget = (
  attributeMapping: AttributeMapping,
  givenPath: string,
  index: number,
  mapping: ObjectMapping,
  { target, findings }: MappingContext,
): void => {
  const name = attributeMapping.targetAttributeName
  const member = 'targetAttributeName'
  if (name === '') {
    findings.add('AF4005', attributeMapping, givenPath, member, { member })
    return
  }
  const first = mapping.attributeMappings.findIndex((other) => other.targetAttributeName === name)
  if (first < index)
    findings.add('AF4104', attributeMapping, givenPath, member, {
      name,
      other: `attributeMappings[${first}]`,
    })
  if (target === undefined) return
  const definition = target.get(name)
  if (definition === undefined) {
    const args = { object: target.description, name }
    findings.add('AF4103', attributeMapping, givenPath, member, args, didYouMean(target.suggest(name)))
  } else if (definition.mutability === 'ReadOnly') {
    findings.add('AF4110', attributeMapping, givenPath, member, { name })
  }
}

/** Without a library, only syntax and attribute names can be checked. */
const noFunctions: FunctionLibrary = new FunctionLibrary([])

const validateSource = (
  source: AttributeMappingSource,
  givenPath: string,
  context: MappingContext,
): SourceFacts => {
  const { findings } = context
  validateAgreement(source, givenPath, context)
  if (source.type === 'Constant') return { attributes: [], alwaysHasValue: (source.name ?? '') !== '' }
  if (source.expression === null || source.type === 'Attribute') {
    if (source.name !== null) return validateTree(source, givenPath, context)
  }
  const parsed = parsedText(source)
  const { library } = context.options
  const checked =
    library === undefined
      ? checkNames(parsed.expression, context)
      : analyzeSource(source, environmentOf(library, context), source.expression ?? '')
  if (source.expression !== null) {
    const found =
      library === undefined ? [...parsed.diagnostics, ...checked.diagnostics] : checked.diagnostics
    for (const d of found) findings.diagnostics.push(liftDiagnostic(d, source, 'expression', givenPath))
  }
  return {
    attributes: checked.attributes,
    alwaysHasValue: parsed.diagnostics.length === 0 && alwaysHasValue(checked),
  }
}

const environmentOf = (library: FunctionLibrary, { source, options }: MappingContext): CheckEnvironment =>
  createEnvironment(library, { ...options, attributes: source })

/** Checks only the names of the attributes. */
const checkNames = (expression: Expression, context: MappingContext): CheckedExpression => {
  const checked = checkExpression(expression, environmentOf(noFunctions, context))
  // Whether a value is always present is only a warning, so the standard functions are assumed.
  const calls = bindCalls(expression, standardLibrary)
  return { ...checked, calls, diagnostics: checked.diagnostics.filter(({ code }) => code === 'AF2004') }
}

/** Validates that the tree of a source can be read and matches its text. */
const validateAgreement = (
  source: AttributeMappingSource,
  givenPath: string,
  { findings, options: { library } }: MappingContext,
): void => {
  if (library === undefined) return
  const { text, faults, tree } = compareTree(source, library, givenPath)
  // Checking the text binds its calls.
  const formless = text.filter(({ code }) => code === 'AF4114')
  findings.diagnostics.push(...formless.map((d) => liftDiagnostic(d, source, 'expression', givenPath)))
  findings.diagnostics.push(...faults.filter(({ code }) => code.startsWith('AF4')))
  if (tree !== undefined) findings.add('AF4115', source, givenPath, 'expression', { tree })
}

/** A readable tree is checked as its text, which lint and the compiler use, too. */
const checkTree = (
  source: AttributeMappingSource,
  expression: Expression,
  isReadable: boolean,
  context: MappingContext,
): CheckedExpression => {
  const { library } = context.options
  if (library === undefined) return checkNames(expression, context)
  const environment = environmentOf(library, context)
  return isReadable
    ? analyzeSource(source, environment, printExpression(expression))
    : checkExpression(expression, environment)
}

/** Validates a source that has only a tree. */
const validateTree = (
  source: AttributeMappingSource,
  givenPath: string,
  context: MappingContext,
): SourceFacts => {
  const { library } = context.options
  const { expression, diagnostics } = fromSource(source, library ?? noFunctions, givenPath)
  const checked = checkTree(source, expression, diagnostics.length === 0, context)
  const place = placeOf(source, givenPath, 'name')
  // There is no text for a fix to change.
  for (const { fixes: _, ...d } of checked.diagnostics) context.findings.diagnostics.push({ ...d, ...place })
  return { attributes: checked.attributes, alwaysHasValue: alwaysHasValue(checked) }
}

const validateUse = (
  attributeMapping: AttributeMapping,
  facts: SourceFacts,
  givenPath: string,
  { findings }: MappingContext,
): void => {
  const name = attributeMapping.targetAttributeName
  const count = facts.attributes.length
  if (attributeMapping.matchingPriority > 0 && count > 1) {
    const sources = facts.attributes.map((attribute) => `[${attribute}]`).join(', ')
    findings.add('AF4106', attributeMapping, givenPath, 'source', { name, count, sources })
  }
  if (facts.alwaysHasValue && (attributeMapping.defaultValue ?? '') !== '')
    findings.add('AF4107', attributeMapping, givenPath, 'defaultValue', { name })
}

/** Whether a mapping can ever give its target a value on create. */
const setsValue = (mapping: AttributeMapping): boolean =>
  mapping.source !== null || (mapping.defaultValue ?? '') !== ''

const validateWhole = (
  mapping: ObjectMapping,
  givenPath: string,
  { target, findings }: MappingContext,
): void => {
  const { attributeMappings, flowTypes } = mapping
  if (attributeMappings.length === 0) {
    const what = `The object mapping ${mapping.name ?? mapping.sourceObjectName} has no attribute mappings`
    findings.add('AF4009', mapping, givenPath, 'attributeMappings', { what })
    return
  }
  if (flowTypes.length > 0 && !attributeMappings.some((m) => m.matchingPriority > 0))
    findings.add('AF4109', mapping, givenPath, 'attributeMappings', {})
  if (target === undefined || !flowTypes.includes('Add')) return
  const set = new Set(attributeMappings.filter(setsValue).map((m) => m.targetAttributeName))
  for (const { name, required, anchor, mutability, defaultValue } of target.definitions) {
    if (!required || anchor || mutability === 'ReadOnly' || set.has(name) || (defaultValue ?? '') !== '')
      continue
    findings.add('AF4108', mapping, givenPath, undefined, { name })
  }
}
