export { type Admit, localBudget, sharedBudget } from './budget.js'
export { sharedExclusion } from './exclusion.js'
export { type PgBossOptions, PgBossScheduler } from './pg-boss-scheduler.js'
export {
  costOf,
  estimateScale,
  type Prices,
  type ScaleEstimate,
  type ScaleInput,
} from './scale.js'
export { type Delivery, LocalScheduler, type Scheduler, type Task } from './scheduler.js'
export type { SharedJob } from './shared-cycle.js'
export { isCycleDue, runWorker, type WorkerOptions } from './worker.js'
