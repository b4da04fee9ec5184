/** What a command prints with `--format json`, or one of the forms that it prints. */
export interface JsonForm {
  /** The arguments that lead to this form, if the command has several: `log`, or `--source`. */
  readonly with?: string
  /** Whether each line is a document. Default: the output is one document. */
  readonly lines?: true
  /**
   * The members by path, with what they hold. `results[].file` is a member of each entry of the list results. An asterisk
   * stands for any name. Members below a path are not described unless a longer path is there too.
   */
  readonly members: Readonly<Record<string, string>>
}

/** The members of a diagnostic, for use below a list of them. */
export const diagnosticMembers = (list: string): JsonForm['members'] => ({
  [list]: 'The diagnostics',
  [`${list}[].code`]: 'The code, such as AF1007',
  [`${list}[].severity`]: 'error, warning or info',
  [`${list}[].message`]: 'The message',
  [`${list}[].span`]: 'The place in the text: start and end, counted in UTF-16 code units',
})

/** The members of the results of an evaluation. */
export const evaluationMembers: JsonForm['members'] = {
  outcome: 'value, null, ignoreAttribute, ignoreObject or error',
  value: 'The value, if there is one',
  text: 'The value as the text that is stored, if there is one',
  redacted: 'true if the value comes from Redact',
  ...diagnosticMembers('diagnostics'),
}
