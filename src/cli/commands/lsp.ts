import { type CommandBody, defineCommand, languageOptions } from '../command.js'
import { UsageError } from '../io.js'

export const lspCommand: CommandBody = defineCommand({
  usage: ['[--stdio]'],
  details: [
    'Editors start it and communicate with it over standard input and output. It supports .expr files and the expressions ' +
      'in synchronization schemas, and ignores other JSON files. docs/editors.md shows how to set it up.',
  ],
  options: {
    stdio: { type: 'boolean', doc: 'Use standard input and output; this is the default' },
  },
  formats: ['pretty'],
  examples: ['attrflow lsp --stdio'],
  async run(args) {
    if (args.positionals.length > 0) throw new UsageError('lsp takes no arguments')
    const { serveStdio } = await import('../../lsp/stdio.js')
    await serveStdio(languageOptions(args))
    return 0
  },
})
