import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'
import {
  CodeActionRequest,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RenameRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { serve } from '../../src/lsp/server.js'

const schemaPath = fileURLToPath(new URL('../../docs/examples/entra-to-scim.schema.json', import.meta.url))
const schemaText = readFileSync(schemaPath, 'utf8')

const open: { readonly client: ProtocolConnection; readonly server: { dispose(): void } }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) {
    // A server that was told to stop has no timer left that could speak.
    await one.client.sendRequest('shutdown')
    one.client.dispose()
    one.server.dispose()
  }
})

interface Client {
  readonly connection: ProtocolConnection
  readonly published: Map<string, readonly Diagnostic[]>
  openText(uri: string, text: string): Promise<void>
}

/** A client of the protocol, and a server, with a stream in each direction between them. */
const connect = async (capabilities: object = {}): Promise<Client> => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()]
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient))
  serve(server)
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  )
  const published = new Map<string, readonly Diagnostic[]>()
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    published.set(uri, diagnostics)
  })
  connection.listen()
  open.push({ client: connection, server })
  await connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities })
  return {
    connection,
    published,
    openText: async (uri, text) => {
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: uri.endsWith('.json') ? 'json' : 'attrflow', version: 1, text },
      })
      // An answer proves that the notification has been worked on.
      await connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } })
    },
  }
}

const apply = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create('x', 'x', 1, text), [...edits])

const only = (edit: WorkspaceEdit | null | undefined): readonly TextEdit[] =>
  Object.values(edit?.changes ?? {}).flat()

const position = (text: string, needle: string, more = 0): { line: number; character: number } =>
  TextDocument.create('x', 'x', 1, text).positionAt(text.indexOf(needle) + more)

describe('an expression file', () => {
  const uri = 'file:///title.expr'
  const text = 'Jion(" ", [givenName], [surname])'

  it('gets diagnostics as they are found, with the help in them', async () => {
    const client = await connect()
    await client.openText(uri, text)
    const [found] = client.published.get(uri)!
    expect(found).toMatchObject({ code: 'AF2001', source: 'attrflow', severity: 1 })
    expect(found!.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 4 } })
  })

  it('answers a client that pulls diagnostics, and publishes none to it', async () => {
    const client = await connect({ textDocument: { diagnostic: {} } })
    await client.openText(uri, text)
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
    })
    expect(report).toMatchObject({ kind: 'full', items: [{ code: 'AF2001' }] })
    expect(client.published.size).toBe(0)
  })

  it('is completed, explained, repaired, renamed in and formatted', async () => {
    const { connection, openText } = await connect()
    await openText(uri, text)
    const textDocument = { uri }
    const completion = await connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 0, character: 4 },
    })
    expect(Array.isArray(completion)).toBe(true)
    const actions = await connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } },
      context: { diagnostics: [] },
    })
    const fix = actions!.find(({ title }) => title === 'Write Join')!
    expect(apply(text, only('edit' in fix ? fix.edit : undefined))).toBe('Join(" ", [givenName], [surname])')
    const renamed = await connection.sendRequest(RenameRequest.type, {
      textDocument,
      position: { line: 0, character: 13 },
      newName: 'firstName',
    })
    expect(apply(text, only(renamed))).toBe('Jion(" ", [firstName], [surname])')

    const other = 'file:///other.expr'
    await openText(other, 'ToUpper( [a] )')
    const at = { textDocument: { uri: other }, position: { line: 0, character: 2 } }
    expect(JSON.stringify(await connection.sendRequest(HoverRequest.type, at))).toContain('ToUpper')
    const inside = { textDocument: { uri: other }, position: { line: 0, character: 9 } }
    expect(await connection.sendRequest(SignatureHelpRequest.type, inside)).toMatchObject({
      activeParameter: 0,
    })
    const edits = await connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri: other },
      options: { tabSize: 2, insertSpaces: true },
    })
    expect(apply('ToUpper( [a] )', edits!)).toBe('ToUpper([a])')
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri: other } })
    // ToUpper is a function of 7 characters, [a] an attribute of 3.
    expect(tokens!.data).toEqual([0, 0, 7, 0, 0, 0, 9, 3, 1, 0])
  })
})

describe('a schema', () => {
  const uri = 'file:///app.schema.json'

  it('has its expressions completed, hovered and outlined at their places in the JSON', async () => {
    const { connection, openText } = await connect()
    await openText(uri, schemaText)
    const textDocument = { uri }
    const needle = '"expression": "Join('
    const hover = await connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: position(schemaText, needle, needle.length - 3),
    })
    expect(JSON.stringify(hover)).toContain('Join')
    const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument })
    expect(symbols!.length).toBeGreaterThan(0)
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument })
    expect(tokens!.data.length).toBeGreaterThan(50)
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument })
    expect(folds!.length).toBeGreaterThan(5)
  })

  it('renames an attribute everywhere', async () => {
    const { connection, openText } = await connect()
    await openText(uri, schemaText)
    const edit = await connection.sendRequest(RenameRequest.type, {
      textDocument: { uri },
      position: position(schemaText, '[givenName]', 3),
      newName: 'firstName',
    })
    const after = apply(schemaText, only(edit))
    expect(after).not.toContain('[givenName]')
    expect(after).toContain('[firstName]')
  })

  it('keeps its expressions readable while the JSON is broken elsewhere', async () => {
    const { connection, openText, published } = await connect()
    const broken = schemaText.replace('"directories"', '"directories" oops')
    await openText(uri, broken)
    expect(published.get(uri)!.map(({ code }) => code)).toContain('AF4001')
    const needle = '"expression": "Join('
    const hover = await connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: position(broken, needle, needle.length - 3),
    })
    expect(JSON.stringify(hover)).toContain('Join')
  })

  it('is checked anew after a keystroke, with escapes counted as the file writes them', async () => {
    const { connection, openText, published } = await connect()
    await openText(uri, schemaText)
    const before = published.get(uri)!.length
    const at = position(schemaText, '"expression": "Join(', '"expression": "Join'.length)
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: at, end: at }, text: 'x' }],
    })
    await connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } })
    const found = published.get(uri)!
    expect(found.length).toBeGreaterThan(before)
    const unknown = found.find(({ code }) => code === 'AF2001')!
    expect(unknown.message).toContain('Joinx')
    expect(unknown.range.start.line).toBe(at.line)
    expect(unknown.range.end.character).toBe(at.character + 1)
    await expect.poll(() => published.get(uri)!.some(({ code }) => code === 'AF2001')).toBe(true)
  })

  it('answers while it reads the text again after a change outside of expressions', async () => {
    const { connection, openText } = await connect()
    await openText(uri, schemaText)
    const start = { line: 0, character: 0 }
    const range = { start, end: start }
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: '\n' }],
    })
    const answered: string[] = []
    const textDocument = { uri }
    await Promise.all([
      connection
        .sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } })
        .then(() => answered.push('needs the whole text')),
      connection
        .sendRequest(HoverRequest.type, {
          textDocument,
          position: position(`\n${schemaText}`, 'SingleAppRoleAssignment(', 2),
        })
        .then((hover) => answered.push(JSON.stringify(hover?.contents).slice(0, 60))),
    ])
    expect(answered).toEqual([expect.stringContaining('SingleAppRole'), 'needs the whole text'])
  })

  it('treats a whole text from the client as the change that it makes', async () => {
    const { connection, openText, published } = await connect()
    await openText(uri, schemaText)
    const before = published.get(uri)!
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: `\n${schemaText}` }],
    })
    await expect.poll(() => published.get(uri)?.[0]?.range.start.line).toBe(before[0]!.range.start.line + 1)
    await expect.poll(() => published.get(uri)).toHaveLength(before.length)
  })

  it('offers to bring an expression and its stored tree together', async () => {
    const { connection, openText } = await connect()
    const text = JSON.stringify(
      {
        synchronizationRules: [
          {
            sourceDirectoryName: 'HR',
            targetDirectoryName: 'App',
            objectMappings: [
              {
                sourceObjectName: 'Worker',
                targetObjectName: 'User',
                attributeMappings: [
                  {
                    targetAttributeName: 'userName',
                    matchingPriority: 1,
                    source: {
                      type: 'Function',
                      name: 'ToUpper',
                      expression: 'ToUpper([login])',
                      parameters: [
                        {
                          key: 'source',
                          value: { type: 'Attribute', name: 'mail', expression: '[mail]', parameters: [] },
                        },
                      ],
                    },
                  },
                ],
              },
            ],
          },
        ],
      },
      null,
      2,
    )
    await openText(uri, text)
    const at = position(text, 'ToUpper([login])', 2)
    const actions = await connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    })
    const results = actions!
      .filter(({ title }) => title.includes('tree'))
      .map((action) => apply(text, only('edit' in action ? action.edit : undefined)))
    expect(results).toHaveLength(2)
    expect(results[0]).toContain('"name": "login"')
    expect(results[1]).toContain('ToUpper([mail])')
  })

  it('leaves other JSON alone', async () => {
    const { openText, published } = await connect()
    await openText('file:///package.json', '{"name": "x"')
    expect(published.size).toBe(0)
  })
})
