import type { Command } from '../command.js'
import { buildCommand } from './build.js'
import { checkCommand } from './check.js'
import { describeCommand } from './describe.js'
import { diffCommand } from './diff.js'
import { evalCommand } from './eval.js'
import { explainCommand } from './explain.js'
import { fmtCommand } from './fmt.js'
import { functionsCommand } from './functions.js'
import { generateCommand } from './generate.js'
import { jobCommand } from './job.js'
import { lspCommand } from './lsp.js'
import { mapCommand } from './map.js'
import { operatorsCommand } from './operators.js'
import { previewCommand } from './preview.js'
import { rulesCommand } from './rules.js'
import { schemaCommand } from './schema.js'
import { sendCommand } from './send.js'
import { serveCommand } from './serve.js'
import { targetCommand } from './target.js'
import { testCommand } from './test.js'

/** The commands, in the order in which the help lists them. A command is one file and one entry here. */
export const commands: readonly Command[] = [
  evalCommand,
  checkCommand,
  fmtCommand,
  describeCommand,
  functionsCommand,
  operatorsCommand,
  rulesCommand,
  mapCommand,
  explainCommand,
  previewCommand,
  schemaCommand,
  buildCommand,
  testCommand,
  diffCommand,
  generateCommand,
  jobCommand,
  targetCommand,
  serveCommand,
  sendCommand,
  lspCommand,
]
