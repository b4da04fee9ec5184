import { type CheckEnvironment, createEnvironment } from '../../check/environment.js'
import { hasErrors } from '../../diagnostics/diagnostic.js'
import { analyzeExpression } from '../../expression/compile.js'
import { clauseText, type FilterSetName, filterSetNames } from '../../filter/resolve.js'
import type { FunctionLibrary } from '../../functions/library.js'
import { standardLibrary } from '../../functions/standard.js'
import type { CompiledAttribute, CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { requireMapping } from '../../mapping/mapping-plan.js'
import { placeInText, placeOf } from '../../schema/locate.js'
import {
  type AttributeMapping,
  type Filter,
  type FilterGroup,
  type ObjectMapping,
  origin,
  type SynchronizationSchema,
} from '../../schema/model.js'
import { printExpression } from '../../syntax/print.js'
import { visit } from '../../syntax/walk.js'
import type { Span } from '../../text/span.js'
import { expressionMutations } from './expression-mutations.js'
import type { Mutation, TextChange } from './mutation.js'
import { schemaMutations } from './schema-mutations.js'
import { shortHash } from './short-hash.js'

/** All mutations, in the order of reports. */
export const mutations: readonly Mutation[] = [...expressionMutations, ...schemaMutations]

/** One small mistake, made at one place of an object mapping. */
export interface Mutant {
  /** Stays the same until the mutated part changes, also when the part moves. */
  readonly id: string
  /** The name of the mutation. */
  readonly mutation: string
  /** The target attribute, `scope` or `mapping`. */
  readonly where: string
  /** As text: `IIF: the condition always holds`. */
  readonly what: string
  readonly before: string
  readonly after: string
  /** The place in the expression; undefined if the mutated part is not an expression. */
  readonly span: Span | undefined
  /** The place in the schema's text; empty at 0 for a schema made by hand. */
  readonly place: Span
  /** Whether `place` is part of an expression, so that `after` could replace it. */
  readonly inText: boolean
  /** The schema with the mistake. */
  readonly schema: SynchronizationSchema
}

type Found = Omit<Mutant, 'id'>

class Enumeration {
  readonly #compiled: CompiledObjectMapping
  readonly #environment: CheckEnvironment
  readonly found: Found[] = []

  constructor(compiled: CompiledObjectMapping, library: FunctionLibrary) {
    this.#compiled = compiled
    const { settings, dialect, ends } = compiled
    this.#environment = createEnvironment(library, { settings, dialect, attributes: ends.source })
    for (const attribute of compiled.attributes) this.#attribute(attribute)
    for (const set of filterSetNames) this.#scope(set)
    for (const mutation of mutations)
      if (mutation.of === 'mapping')
        for (const change of mutation.mutate(compiled.objectMapping))
          if (change.to !== null)
            this.#add(
              mutation.name,
              'mapping',
              change,
              placeOf(change.at?.object ?? compiled.objectMapping, '$', change.at?.member).span,
              this.#with(change.to),
            )
  }

  #add(
    mutation: string,
    where: string,
    { what, before, after }: Pick<Found, 'what' | 'before' | 'after'>,
    place: Span,
    schema: SynchronizationSchema,
    span?: Span,
    inText = false,
  ): void {
    this.found.push({ mutation, where, what, before, after, span, place, inText, schema })
  }

  /** The schema with another object mapping. */
  #with(mapping: ObjectMapping): SynchronizationSchema {
    const { schema, rule, objectMapping } = this.#compiled
    return {
      ...schema,
      synchronizationRules: schema.synchronizationRules.map((one) =>
        one !== rule
          ? one
          : {
              ...one,
              objectMappings: one.objectMappings.map((other) => (other === objectMapping ? mapping : other)),
            },
      ),
    }
  }

  #withAttribute(old: AttributeMapping, mapping: AttributeMapping): SynchronizationSchema {
    const { objectMapping } = this.#compiled
    return this.#with({
      ...objectMapping,
      attributeMappings: objectMapping.attributeMappings.map((one) => (one === old ? mapping : one)),
    })
  }

  #attribute(attribute: CompiledAttribute): void {
    const { mapping } = attribute
    const where = mapping.targetAttributeName
    this.#expression(attribute)
    for (const mutation of mutations) {
      if (mutation.of !== 'attribute' && mutation.of !== 'nulls') continue
      for (const change of mutation.mutate(attribute, this.#compiled)) {
        if (change.to === null) continue
        const place = placeOf(change.at?.object ?? mapping, '$', change.at?.member).span
        const schema =
          mutation.of === 'nulls'
            ? (change.to as SynchronizationSchema)
            : this.#withAttribute(mapping, change.to as AttributeMapping)
        this.#add(mutation.name, where, change, place, schema)
      }
    }
  }

  #expression({ mapping, expression: text, analyzed, errors, warnings }: CompiledAttribute): void {
    const { source } = mapping
    if (source === null || analyzed === undefined || errors.length > 0) return
    const around = {
      text,
      calls: analyzed.calls,
      otherAttribute: (name: string): string | undefined => this.#otherAttribute(name),
    }
    const canonical = printExpression(analyzed.expression)
    const seen = new Set([canonical])
    const add = (mutation: string, change: TextChange): void => {
      const changed = text.slice(0, change.span.start) + change.text + text.slice(change.span.end)
      const found = analyzeExpression(changed, this.#environment)
      // `check` finds mutants that do not compile, so they need no test.
      if (hasErrors(found.diagnostics)) return
      const form = printExpression(found.expression)
      if (seen.has(form)) return
      seen.add(form)
      this.#add(
        mutation,
        mapping.targetAttributeName,
        { what: change.what, before: text.slice(change.span.start, change.span.end), after: change.text },
        (warnings.length === 0 ? placeInText(source, 'expression', text, change.span) : undefined) ??
          placeOf(source, '$').span,
        this.#withAttribute(mapping, {
          ...mapping,
          source: { expression: changed, name: null, parameters: [], type: 'Function' },
        }),
        change.span,
        warnings.length === 0 && source[origin] !== undefined,
      )
    }
    visit(analyzed.expression, (node) => {
      if (node.type === 'OmittedArgument') return
      for (const mutation of mutations)
        if (mutation.of === 'expression')
          for (const change of mutation.mutate(node, around)) add(mutation.name, change)
    })
  }

  /** The next attribute of the same type among those that the mapping reads. */
  #otherAttribute(name: string): string | undefined {
    const { unit, ends } = this.#compiled
    const definition = ends.source?.get(name)
    const names = unit.inputs
      .map((input) => input.name)
      .filter((other) => {
        const found = ends.source?.get(other)
        return (
          found?.type === definition?.type &&
          (found?.multivalued ?? false) === (definition?.multivalued ?? false)
        )
      })
      .sort()
    const next = names[(names.indexOf(name) + 1) % names.length]
    return next === name ? undefined : next
  }

  #scope(set: FilterSetName): void {
    const { scope } = this.#compiled.objectMapping
    const nullPolicy = this.#compiled.settings.nullPolicy[set]
    const groups = scope?.[set] ?? []
    if (scope === null || groups.length === 0) return
    const withGroups = (changed: readonly FilterGroup[]): SynchronizationSchema =>
      this.#with({
        ...this.#compiled.objectMapping,
        scope: { ...scope, [set]: changed } satisfies Filter,
      })
    for (const mutation of mutations) {
      if (mutation.of === 'groups')
        for (const change of mutation.mutate(groups))
          this.#add(
            mutation.name,
            'scope',
            change,
            placeOf(change.at?.object ?? scope, '$').span,
            withGroups(change.to ?? []),
          )
      if (mutation.of !== 'clause') continue
      for (const group of groups)
        for (const clause of group.clauses)
          for (const { clauses, after, what } of mutation.mutate(clause, group, groups, nullPolicy)) {
            const changed = groups
              .map((one) => (one === group ? { ...group, clauses } : one))
              .filter((one) => one.clauses.length > 0)
            const before = `${group.name ?? ''}: ${clauseText(clause)}`
            this.#add(
              mutation.name,
              'scope',
              { what, before, after },
              placeOf(clause, '$').span,
              withGroups(changed),
            )
          }
    }
  }
}

/**
 * The mutants of an object mapping: every small mistake of its mutations, in the order of its attributes.
 * Expressions that would not compile or would be equivalent in form are left out. The identifier of a mutant
 * depends on the mapping, the place in it and the change, so it survives edits elsewhere.
 */
export const mutantsOf = (
  compiled: CompiledObjectMapping,
  library: FunctionLibrary = standardLibrary,
): readonly Mutant[] => {
  requireMapping(compiled)
  const { rule, objectMapping } = compiled
  const mapping = `${rule.name ?? ''}/${objectMapping.sourceObjectName}/${objectMapping.targetObjectName}`
  const taken = new Set<string>()
  return new Enumeration(compiled, library).found.map((one) => {
    const { mutation, where, before, after, what } = one
    let id = ''
    for (let number = 0; id === '' || taken.has(id); number++)
      id = shortHash([mapping, where, mutation, before, after, what, `${number}`].join('\u0000'))
    taken.add(id)
    return { id, ...one }
  })
}
