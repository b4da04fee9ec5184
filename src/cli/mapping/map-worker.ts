import { parentPort } from 'node:worker_threads'
import { buffersOf, type DeferredBlock, type LineBlock, mapDeferred } from '../../cycle/index.js'
import { createContext } from '../../index.js'
import type { MapRequest } from '../../mapping/index.js'
import { readSchema } from '../../schema/read.js'
import { UnreadablePopulation } from '../../sources/index.js'
import { languageOptions } from '../command.js'
import { type CliIo, UsageError } from '../io.js'
import { readFunctions } from '../own-functions.js'
import { codegenWhereAllowed } from './backend.js'
import { blockMapping, writerOf } from './block-mapping.js'
import type { MapPlan, MapThreadAnswer } from './map-thread.js'
import { compileChosen } from './open-mapping.js'
import { shaperFor } from './population.js'

/** Returns the function by which a thread maps blocks. */
export const blockMapperOf = async (
  plan: MapPlan,
  io: CliIo,
): Promise<(block: LineBlock) => DeferredBlock> => {
  const { schema, objectMapping, rule, settings, dialect, operation, shape, appRoles } = plan
  const functions = plan.functions === undefined ? undefined : await readFunctions(io, plan.functions)
  const language = { ...languageOptions({ settings, dialect, functions }), backend: codegenWhereAllowed }
  const reading = readSchema(schema.text, schema.path, schema.job)
  if (reading.schema === undefined) throw new UsageError(`${schema.path} contains no schema`)
  const compiled = compileChosen(
    schema.path,
    reading.schema,
    { 'object-mapping': objectMapping, rule },
    language,
  )
  const request: MapRequest = {
    context: createContext({ now: plan.now }, compiled.settings),
    ...(operation === undefined ? {} : { operation }),
  }
  const shaper = await shaperFor(io, compiled, { shape, 'app-roles': appRoles })
  const { reader, mapper } = blockMapping(
    {
      compiled,
      request,
      writer: writerOf(plan.format, compiled, plan.compliant),
      escrow: plan.escrow,
      inScopeOnly: plan.inScopeOnly,
    },
    shaper,
  )
  return (block) => mapDeferred(block, reader, mapper, shaper)
}

/** Maps the blocks that this thread receives, one after the other. */
export const runMapWorker = async (plan: MapPlan, io: CliIo): Promise<void> => {
  const map = await blockMapperOf(plan, io)
  const port = parentPort
  if (port === null) throw new TypeError('runMapWorker runs in a worker thread')
  const answer = (found: MapThreadAnswer): void =>
    port.postMessage(found, 'deferred' in found ? buffersOf(found.deferred) : [])
  port.on('message', (block: LineBlock) => {
    try {
      answer({ deferred: map(block) })
    } catch (error) {
      if (!(error instanceof UnreadablePopulation)) throw error
      answer({ unreadable: error.message })
    }
  })
}
