import { basename } from 'node:path'
import { alertsOf, summarizeCycles } from '../../provision/alerts.js'
import { logAnalyticsRow } from '../../provision/log-analytics.js'
import { summaryIn } from '../../provision/log-record.js'
import { prometheusText, readMetrics } from '../../provision/metrics.js'
import { fulfils, parseLogFilter } from '../../serve/log-filter.js'
import { type LogRow, type StateStore, scanAll } from '../../state/index.js'
import { shown } from '../../text/shown.js'
import { type CliIo, UsageError } from '../io.js'

/** Which records of a log to show, and how. */
export interface LogRequest {
  readonly status: string | undefined
  readonly id: string | undefined
  /** A condition in the syntax of Graph's `$filter`. */
  readonly where: string | undefined
  readonly form: 'pretty' | 'graph' | 'log-analytics'
}

/** The code of a record with its reason; empty for a success. */
export const whyText = (row: LogRow): string => {
  const { errorInformation } = summaryIn(row).provisioningStatusInfo
  return errorInformation === null ? '' : `  ${errorInformation.errorCode}: ${shown(errorInformation.reason)}`
}

const lineOf = (row: LogRow, form: LogRequest['form']): string => {
  if (form === 'graph') return `${JSON.stringify(row.summary)}\n`
  if (form === 'log-analytics') return `${JSON.stringify(logAnalyticsRow(summaryIn(row)))}\n`
  const { at, action, status, sourceId } = row
  return `${new Date(at).toISOString()}  ${action.padEnd(12)} ${status.padEnd(8)} ${shown(sourceId)}${whyText(row)}\n`
}

/** Writes the records of a log that match a request, in the order of time. */
export const writeLog = async (
  store: StateStore,
  { status, id, where, form }: LogRequest,
  io: CliIo,
): Promise<void> => {
  const conditions = parseLogFilter(where ?? '')
  if (typeof conditions === 'string') throw new UsageError(conditions.replace('$filter', '--where'))
  for await (const rows of scanAll(store, 'log', { index: 'byTime' }))
    for (const row of rows)
      if (
        (status === undefined || row.status === status) &&
        (id === undefined || row.sourceId === id) &&
        fulfils(row.summary, conditions)
      )
        await io.stdout.write(lineOf(row, form))
}

/** Writes the metrics of a job for Prometheus. */
export const writeMetrics = async (store: StateStore, jobFile: string, io: CliIo): Promise<void> =>
  io.stdout.write(prometheusText(await readMetrics(store), basename(jobFile)))

/** Writes the alerts of a job. Returns their number. */
export const writeAlerts = async (
  store: StateStore,
  json: boolean,
  io: CliIo,
  now: number,
): Promise<number> => {
  const { state } = await readMetrics(store)
  const alerts = alertsOf(
    await summarizeCycles(store, state?.cycle?.number ?? 0),
    state?.lastSuccess ?? null,
    now,
  )
  for (const alert of alerts)
    await io.stdout.write(json ? `${JSON.stringify(alert)}\n` : `${alert.kind}: ${alert.message}\n`)
  if (alerts.length === 0 && !json) await io.stdout.write('no alerts\n')
  return alerts.length
}
