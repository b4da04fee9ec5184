import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { error } from '../runtime/logic.js'

export const ErrorFunction: FunctionDefinition = defineFunction({
  name: 'Error',
  family: 'logic',
  parameters: [{ name: 'message', type: 'String', acceptsNull: true, doc: 'The text of the error.' }],
  returns: 0,
  dialects: ['cloud-sync'],
  errors: ['AF5005'],
  evaluate: error,
})

export const ErrorFunctionDocumentation: FunctionDocumentation = {
  doc: "Makes the object fail with the author's own error.",
  phrases: ['an error with the message {message}'],
  notes: [
    {
      text: 'Use it in a branch of IIF or Switch: it is evaluated only if that branch is taken.',
      source: 'cloud sync reference page',
    },
  ],
  examples: [
    { expression: 'Error("no mailbox")', error: 'AF5005' },
    {
      expression: 'IIF(IsPresent([mail]), [mail], Error("no mailbox"))',
      input: { mail: 'a@example.org' },
      result: 'a@example.org',
    },
    { expression: 'Error([message])', input: { message: null }, error: 'AF5005' },
  ],
}
