import type { Target } from '../target.js'
import { batch, commandLine } from './command-line.js'
import { dates, regularExpressions } from './dotnet.js'
import { editor, evaluation, parser } from './expressions.js'
import { populations } from './populations.js'
import { bulkPayloads, graphAnswers, ldapNames, scim, scimAnswers, scimQuestions } from './requests.js'
import { schemas, testFiles } from './schemas.js'
import { service } from './service.js'

export const targets: readonly Target[] = [
  ...[parser, evaluation, editor, regularExpressions, dates, schemas, testFiles, ...populations, scim],
  ...[scimAnswers, scimQuestions, graphAnswers, bulkPayloads, ldapNames, batch, commandLine, service],
]
