import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { serve } from './server.js'
import type { TextOptions } from './text.js'

/** Serves the language server protocol over standard input and output, until the client ends it. */
export const serveStdio = (options: TextOptions = {}): Promise<void> =>
  new Promise((done) => {
    const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout)
    connection.onExit(() => done())
    process.stdin.once('end', () => done())
    serve(connection, options)
  })
