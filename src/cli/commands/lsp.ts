import { type CommandBody, defineCommand, languageOptions } from '../command.js'
import { UsageError } from '../io.js'

export const lspCommand: CommandBody = defineCommand({
  usage: ['[--stdio]'],
  details: [
    'Editors start it and talk to it over standard input and output. It looks after .expr files and the expressions ' +
      'inside synchronization schemas; other JSON files are left alone. docs/editors.md shows how to set it up.',
  ],
  options: {
    stdio: { type: 'boolean', doc: 'Talk over standard input and output, which is also the default' },
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
