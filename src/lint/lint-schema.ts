import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { targetKindOf } from '../mapping/target-kind.js'
import { analyzeSource } from '../schema/analyze-source.js'
import { evaluatedTextOf } from '../schema/expression-tree.js'
import { liftDiagnostic, placeOf } from '../schema/locate.js'
import { maximumLengthOf } from '../schema/metadata.js'
import type { ObjectMapping, SynchronizationRule, SynchronizationSchema } from '../schema/model.js'
import { requireSchema } from '../schema/require-schema.js'
import type { MappingContext, MappingPlace, ObjectMappingContext } from './define.js'
import { expressionContext, finding, lintContext, rulesOf } from './lint-expression.js'
import { type LintSchemaOptions, mappingEnvironment } from './mapping-environment.js'

/**
 * Finds what is legal in a schema but probably unintended: in its expressions, attribute mappings and object
 * mappings; `checkSchema` checks its filters. Disabled object mappings are skipped. Positions are those of
 * the file that the schema was read from.
 * @example
 * const { schema } = readSchema(readFileSync('schema.json'))
 * schema && lintSchema(schema).some(({ code }) => code === 'AF9351') // true
 */
export const lintSchema = (
  schema: SynchronizationSchema,
  options: LintSchemaOptions = {},
): readonly Diagnostic[] => [...lintObjectMappings(schema, options)].flat()

/** The findings of `lintSchema`, object mapping by object mapping. */
export function* lintObjectMappings(
  schema: SynchronizationSchema,
  options: LintSchemaOptions,
): Generator<readonly Diagnostic[], undefined> {
  requireSchema(schema)
  for (const [r, rule] of schema.synchronizationRules.entries())
    for (const [m, objectMapping] of rule.objectMappings.entries()) {
      const givenPath = `$.synchronizationRules[${r}].objectMappings[${m}]`
      if (objectMapping.enabled) yield lintObjectMapping(schema, rule, objectMapping, givenPath, options)
    }
}

const lintObjectMapping = (
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  objectMapping: ObjectMapping,
  givenPath: string,
  options: LintSchemaOptions,
): readonly Diagnostic[] => {
  const { environment, ends } = mappingEnvironment(schema, rule, objectMapping, options)
  const maximumLength = (name: string): number | undefined => {
    const definition = ends.source?.get(name)
    return definition && maximumLengthOf(definition)
  }
  const targetKind = targetKindOf(rule.targetDirectoryName, objectMapping.targetObjectName)
  const attributes = objectMapping.attributeMappings.map((mapping): MappingContext => {
    return {
      rule,
      objectMapping,
      mapping,
      ends,
      targetKind,
      target: ends.target?.get(mapping.targetAttributeName),
      expression:
        mapping.source === null
          ? undefined
          : expressionContext(
              analyzeSource(
                mapping.source,
                environment,
                evaluatedTextOf(mapping.source, environment.library),
              ),
              environment,
              true,
              {
                maximumLength,
              },
            ),
    }
  })
  const context: ObjectMappingContext = { schema, rule, objectMapping, ends, targetKind, attributes }
  return [
    ...attributes.flatMap((one, index) => lintMapping(one, `${givenPath}.attributeMappings[${index}]`)),
    ...lintWhole(context, givenPath),
  ]
}

const lintMapping = (context: MappingContext, givenPath: string): readonly Diagnostic[] => {
  const { expression, mapping } = context
  const found: Diagnostic[] = []
  const { source } = mapping
  const inExpression = (d: Diagnostic): Diagnostic => {
    if (source === null) return d
    const path = `${givenPath}.source`
    if (source.expression === null || source.expression === expression?.analyzed.source.text)
      return liftDiagnostic(d, source, 'expression', path)
    // What was found in the tree has no place in a text that disagrees with it, and no fix there.
    const { fixes: _, ...rest } = d
    return { ...rest, ...placeOf(source, path, 'expression') }
  }
  if (expression !== undefined) found.push(...lintContext(expression).map(inExpression))
  for (const { code, run } of rulesOf('mapping')) {
    run(context, (at, args, extras) => {
      const [span, isText] = textRange(at, context)
      if (isText) found.push(inExpression(finding(code, span, args, extras)))
      else {
        const { span: place, path } = placeOf(mapping, givenPath, at as string)
        found.push(finding(code, place, args, { ...extras, path }))
      }
    })
  }
  return found
}

/** The range in the expression, if the finding has one; `source` means the whole expression. */
const textRange = (
  at: MappingPlace,
  { expression }: MappingContext,
): readonly [{ readonly start: number; readonly end: number }, boolean] => {
  if (typeof at !== 'string') return [at, true]
  const whole = at === 'source' ? expression?.analyzed.expression.span : undefined
  return whole === undefined ? [{ start: 0, end: 0 }, false] : [whole, true]
}

const lintWhole = (context: ObjectMappingContext, givenPath: string): readonly Diagnostic[] => {
  const found: Diagnostic[] = []
  for (const { code, run } of rulesOf('objectMapping')) {
    run(context, (at, args, extras) => {
      const { span, path } = placeOf(context.objectMapping, givenPath, at)
      // A list of mappings can be pages long, so the finding points at its opening bracket.
      const start = { start: span.start, end: Math.min(span.end, span.start + 1) }
      found.push(finding(code, start, args, { ...extras, path }))
    })
  }
  return found
}
