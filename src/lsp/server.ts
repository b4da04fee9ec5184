import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  DiagnosticSeverity,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type InitializeResult,
  type Diagnostic as LspDiagnostic,
  MarkupKind,
  type Range,
  ResponseError,
  type SemanticTokens,
  SemanticTokensBuilder,
  SymbolKind,
  TextDocumentSyncKind,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { catalogue } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import {
  completeExpression,
  hoverExpression,
  isAttributeName,
  quickFixes,
  renameAttribute,
  renameInExpression,
  signatureHelp,
} from '../editor/index.js'
import { ruleIdOf } from '../lint/index.js'
import { integerParametersOf, prettyExpression } from '../print.js'
import { looksLikeSchema } from '../schema/read.js'
import { parseExpression } from '../syntax/parser.js'
import { tokenize } from '../syntax/tokenize.js'
import type { Span } from '../text/span.js'
import {
  changeBetween,
  type OpenText,
  openText,
  type Part,
  partAtOffset,
  readingSteps,
  type TextOptions,
  withChange,
} from './text.js'
import { agreements } from './tree-and-text.js'

/** How long to wait after a keystroke before the whole schema is checked again, in milliseconds. */
const REST = 400

/** How long to wait for requests between two steps of that, in milliseconds. */
const PAUSE = 5

/** The protocol's code for a request with invalid parameters. */
const INVALID_PARAMS = -32602

/** The types of semantic tokens, by the kinds of the lexer. */
const tokenTypes = [
  'function',
  'property',
  'string',
  'number',
  'operator',
  'enumMember',
  'parameter',
] as const
const typeOfToken: Readonly<Record<string, (typeof tokenTypes)[number]>> = {
  Attribute: 'property',
  String: 'string',
  Integer: 'number',
  Decimal: 'number',
  Hexadecimal: 'number',
  Ampersand: 'operator',
  ComparisonOperator: 'operator',
  Placeholder: 'parameter',
}

const completionKinds: Readonly<Record<string, CompletionItemKind>> = {
  function: CompletionItemKind.Function,
  attribute: CompletionItemKind.Property,
  constant: CompletionItemKind.Constant,
  enum: CompletionItemKind.EnumMember,
  format: CompletionItemKind.Value,
  culture: CompletionItemKind.Value,
  interval: CompletionItemKind.Value,
  group: CompletionItemKind.Reference,
  placeholder: CompletionItemKind.Variable,
  operator: CompletionItemKind.Operator,
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const

interface OpenDocument {
  document: TextDocument
  open: OpenText
  timer: ReturnType<typeof setTimeout> | undefined
  /** Until the text is read as a whole, or changes again. */
  reading: Promise<void> | undefined
}

/**
 * Serves the language server protocol over a connection: `.expr` files, and the expressions in
 * synchronization schemas. Other JSON files are ignored.
 */
export const serve = (connection: Connection, options: TextOptions = {}): void => {
  const documents = new Map<string, OpenDocument>()
  let canRefresh = false
  let pulls = false

  const kindOf = (document: TextDocument): OpenText['kind'] | undefined =>
    /\.expr$/i.test(document.uri) || document.languageId === 'attrflow'
      ? 'expression'
      : looksLikeSchema(document.getText())
        ? 'schema'
        : undefined

  const rangeOf = (document: TextDocument, { start, end }: Span): Range => ({
    start: document.positionAt(start),
    end: document.positionAt(end),
  })

  const spanOf = (document: TextDocument, { start, end }: Range): Span => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  })

  const toLsp = (document: TextDocument, d: Diagnostic): LspDiagnostic => {
    const rule = ruleIdOf(d.code)
    return {
      range: rangeOf(document, d.span),
      severity: severities[d.severity],
      code: d.code,
      source: 'attrflow',
      message: `${d.message}\n${d.hint ?? catalogue[d.code].help}${rule === undefined ? '' : ` (${rule})`}`,
    }
  }

  const reportOf = (uri: string): LspDiagnostic[] => {
    const found = documents.get(uri)
    return found === undefined ? [] : found.open.diagnostics.map((d) => toLsp(found.document, d))
  }

  const publish = (uri: string): void => {
    if (pulls) {
      if (canRefresh) connection.languages.diagnostics.refresh()
      return
    }
    void connection.sendDiagnostics({ uri, diagnostics: reportOf(uri) })
  }

  /** Reads the whole text again, in steps between which requests are answered; a change ends it early. */
  const read = async (uri: string, found: OpenDocument): Promise<void> => {
    const { open } = found
    const steps = readingSteps(open.text, open.kind, options, open)
    let step = steps.next()
    while (step.done !== true) {
      await new Promise((next) => setTimeout(next, PAUSE))
      if (documents.get(uri)?.open !== open) return
      step = steps.next()
    }
    found.open = step.value
    publish(uri)
  }

  const startReading = (uri: string, found: OpenDocument): Promise<void> => {
    clearTimeout(found.timer)
    found.reading ??= read(uri, found).finally(() => {
      found.reading = undefined
    })
    return found.reading
  }

  /** A document once it is read as a whole; undefined if it was closed. */
  const settled = async (uri: string, token?: CancellationToken): Promise<OpenDocument | undefined> => {
    let found = documents.get(uri)
    while (found !== undefined && !found.open.settled && token?.isCancellationRequested !== true) {
      await startReading(uri, found)
      found = documents.get(uri)
    }
    return found
  }

  connection.onInitialize(({ capabilities }): InitializeResult => {
    canRefresh = capabilities.workspace?.diagnostics?.refreshSupport === true
    pulls = capabilities.textDocument?.diagnostic !== undefined
    return {
      serverInfo: { name: 'attrflow' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: {
          identifier: 'attrflow',
          interFileDependencies: false,
          workspaceDiagnostics: false,
        },
        completionProvider: { triggerCharacters: ['[', '"', '(', ',', '%'] },
        hoverProvider: true,
        signatureHelpProvider: { triggerCharacters: ['(', ','] },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
        renameProvider: { prepareProvider: true },
        documentFormattingProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        semanticTokensProvider: {
          legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] },
          full: true,
          range: true,
        },
      },
    }
  })

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const document = TextDocument.create(uri, languageId, version, text)
    const kind = kindOf(document)
    if (kind === undefined) return
    documents.set(uri, {
      document,
      open: openText(text, kind, options),
      timer: undefined,
      reading: undefined,
    })
    publish(uri)
  })

  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const found = documents.get(uri)
    if (found === undefined) return
    for (const change of contentChanges) {
      const { document, open } = found
      const span = 'range' in change ? spanOf(document, change.range) : undefined
      found.document = TextDocument.update(document, [change], version)
      const text = found.document.getText()
      if (open.kind === 'expression') found.open = openText(text, open.kind, options)
      else
        found.open = withChange(
          open,
          span === undefined ? changeBetween(open.text, text) : { span, text: change.text },
        )
    }
    publish(uri)
    clearTimeout(found.timer)
    if (!found.open.settled) found.timer = setTimeout(() => void startReading(uri, found), REST)
  })

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    clearTimeout(documents.get(uri)?.timer)
    documents.delete(uri)
    if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] })
  })

  connection.languages.diagnostics.on(
    ({ textDocument }): DocumentDiagnosticReport => ({
      kind: DocumentDiagnosticReportKind.Full,
      items: reportOf(textDocument.uri),
    }),
  )

  /** The expression at a position, and the offset in it. */
  const at = (
    uri: string,
    position: Range['start'],
  ): { found: OpenDocument; part: Part; offset: number } | undefined => {
    const found = documents.get(uri)
    const hit = found === undefined ? undefined : partAtOffset(found.open, found.document.offsetAt(position))
    return found === undefined || hit === undefined ? undefined : { found, ...hit }
  }

  const editOf = ({ document }: OpenDocument, part: Part, span: Span, text: string): TextEdit => ({
    range: rangeOf(document, part.toText(span)),
    newText: part.written(text),
  })

  connection.onCompletion(({ textDocument, position }): CompletionItem[] => {
    const hit = at(textDocument.uri, position)
    if (hit === undefined) return []
    const { found, part, offset } = hit
    return completeExpression(part.expression, offset, part.context).map((item) => ({
      label: item.label,
      kind: completionKinds[item.kind] ?? CompletionItemKind.Text,
      detail: item.detail,
      sortText: item.sortText,
      filterText: part.expression.slice(item.edit.span.start, offset) || item.label,
      ...(item.documentation === ''
        ? {}
        : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
      textEdit: editOf(found, part, item.edit.span, item.edit.text),
    }))
  })

  connection.onHover(({ textDocument, position }) => {
    const hit = at(textDocument.uri, position)
    if (hit === undefined) return null
    const hover = hoverExpression(hit.part.expression, hit.offset, hit.part.context)
    if (hover === undefined) return null
    return {
      contents: { kind: MarkupKind.Markdown, value: hover.contents },
      range: rangeOf(hit.found.document, hit.part.toText(hover.span)),
    }
  })

  connection.onSignatureHelp(({ textDocument, position }) => {
    const hit = at(textDocument.uri, position)
    const help = hit && signatureHelp(hit.part.expression, hit.offset, hit.part.context)
    if (help === undefined) return null
    return {
      activeSignature: help.activeSignature,
      activeParameter: help.activeParameter ?? null,
      signatures: help.signatures.map((one) => ({
        label: one.label,
        documentation: { kind: MarkupKind.Markdown, value: one.documentation },
        parameters: one.parameters.map((parameter) => ({
          label: [parameter.label[0], parameter.label[1]] as [number, number],
          documentation: { kind: MarkupKind.Markdown, value: parameter.documentation },
        })),
      })),
    }
  })

  connection.onCodeAction(async ({ textDocument: { uri }, range }, token): Promise<CodeAction[]> => {
    const found = await settled(uri, token)
    if (found === undefined) return []
    const { document, open } = found
    const span = spanOf(document, range)
    const lsp = (edits: readonly { readonly span: Span; readonly text: string }[]): WorkspaceEdit => ({
      changes: { [uri]: edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.text })) },
    })
    const actions = quickFixes(open.text, span, open.diagnostics).map(
      (fix): CodeAction => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        isPreferred: fix.safe,
        diagnostics: [toLsp(document, fix.diagnostic)],
        edit: lsp(fix.edits),
      }),
    )
    for (const { place } of open.parts) {
      if (place === undefined || place.mappingSpan.end < span.start || place.mappingSpan.start > span.end)
        continue
      const disagreement = open.diagnostics.find(
        (d) =>
          d.code === 'AF4115' &&
          d.span.start >= place.mappingSpan.start &&
          d.span.end <= place.mappingSpan.end,
      )
      if (disagreement === undefined || open.schema === undefined || !open.settled) continue
      for (const { title, edit } of agreements(open.schema, place, options.library))
        actions.push({
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [toLsp(document, disagreement)],
          edit: lsp([edit]),
        })
    }
    return actions
  })

  /** The attribute reference at a position: its name and its range in the expression. */
  const attributeAt = (part: Part, offset: number): { name: string; span: Span } | undefined => {
    const token = tokenize(part.expression).find(
      ({ kind, span }) => kind === 'Attribute' && span.start <= offset && offset <= span.end,
    )
    if (token === undefined) return undefined
    return {
      name: token.text.slice(1, -1).trim(),
      span: { start: token.span.start + 1, end: token.span.end - 1 },
    }
  }

  connection.onPrepareRename(({ textDocument, position }) => {
    const hit = at(textDocument.uri, position)
    const attribute = hit && attributeAt(hit.part, hit.offset)
    if (hit === undefined || attribute === undefined) return null
    return {
      range: rangeOf(hit.found.document, hit.part.toText(attribute.span)),
      placeholder: attribute.name,
    }
  })

  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }): Promise<WorkspaceEdit> => {
    await settled(uri)
    const hit = at(uri, position)
    const attribute = hit && attributeAt(hit.part, hit.offset)
    if (hit === undefined || attribute === undefined)
      throw new ResponseError(INVALID_PARAMS, 'Only attributes can be renamed.')
    if (!isAttributeName(newName))
      throw new ResponseError(
        INVALID_PARAMS,
        `${JSON.stringify(newName)} cannot be written between brackets.`,
      )
    const { found, part } = hit
    const { document, open } = found
    const { attributes } = part.context
    if (open.schema !== undefined && attributes !== undefined) {
      const { directory, object } = attributes
      const renamed = renameAttribute(open.schema, { directory, object, from: attribute.name, to: newName })
      if (!renamed.renamed) throw new ResponseError(INVALID_PARAMS, `${renamed.reason}.`)
      return {
        changes: {
          [uri]: renamed.edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.text })),
        },
      }
    }
    const edits = renameInExpression(part.expression, attribute.name, newName)
    if (edits === undefined)
      throw new ResponseError(INVALID_PARAMS, 'The expression has errors: correct them first.')
    return { changes: { [uri]: edits.map((edit) => editOf(found, part, edit.span, edit.text)) } }
  })

  connection.onDocumentFormatting(({ textDocument: { uri } }): TextEdit[] => {
    const found = documents.get(uri)
    const [part] = found?.open.parts ?? []
    // A schema keeps its layout; expressions in it have the form that the service stores.
    if (found === undefined || found.open.kind !== 'expression' || part === undefined) return []
    const { expression, diagnostics } = parseExpression(part.expression)
    if (diagnostics.some(({ severity }) => severity === 'error')) return []
    const text = prettyExpression(expression, {
      isIntegerParameter: integerParametersOf(part.context.environment.library),
    })
    return text === part.expression
      ? []
      : [editOf(found, part, { start: 0, end: part.expression.length }, text)]
  })

  connection.onDocumentSymbol(({ textDocument: { uri } }): DocumentSymbol[] => {
    const found = documents.get(uri)
    if (found === undefined || found.open.kind === 'expression') return []
    const { document, open } = found
    const groups = new Map<string, DocumentSymbol>()
    for (const { place } of open.parts) {
      if (place === undefined) continue
      const key = `${place.rule}/${place.objectMapping}`
      const mapping = open.schema?.synchronizationRules[place.rule]?.objectMappings[place.objectMapping]
      let group = groups.get(key)
      if (group === undefined) {
        const range = rangeOf(document, place.objectMappingSpan)
        const name = mapping?.name || mapping?.sourceObjectName || `object mapping ${place.objectMapping + 1}`
        const detail =
          mapping === undefined ? '' : `${mapping.sourceObjectName} → ${mapping.targetObjectName}`
        group = { name, detail, kind: SymbolKind.Class, range, selectionRange: range, children: [] }
        groups.set(key, group)
      }
      const { expression } = place
      group.children?.push({
        name: place.targetAttributeName || '(no target)',
        detail: expression.length > 80 ? `${expression.slice(0, 79)}…` : expression,
        kind: SymbolKind.Property,
        range: rangeOf(document, place.mappingSpan),
        selectionRange: rangeOf(document, place.span),
      })
    }
    return [...groups.values()]
  })

  connection.onFoldingRanges(({ textDocument: { uri } }): FoldingRange[] => {
    const found = documents.get(uri)
    if (found === undefined) return []
    const { document, open } = found
    const spans =
      open.kind === 'expression'
        ? bracketSpans(open.text)
        : open.parts.flatMap(({ place }) =>
            place === undefined ? [] : [place.mappingSpan, place.objectMappingSpan],
          )
    const ranges = new Map<string, FoldingRange>()
    for (const { start, end } of spans) {
      const [startLine, endLine] = [document.positionAt(start).line, document.positionAt(end).line]
      if (endLine > startLine)
        ranges.set(`${startLine}-${endLine}`, { startLine, endLine, kind: FoldingRangeKind.Region })
    }
    return [...ranges.values()]
  })

  const tokensIn = (uri: string, within: Span | undefined): SemanticTokens => {
    const builder = new SemanticTokensBuilder()
    const found = documents.get(uri)
    if (found === undefined) return builder.build()
    for (const part of found.open.parts) {
      const whole = part.toText({ start: 0, end: part.expression.length })
      if (within !== undefined && (whole.end < within.start || whole.start > within.end)) continue
      const tokens = tokenize(part.expression)
      tokens.forEach(({ kind, span }, index) => {
        const isCall = kind === 'Name' && tokens[index + 1]?.kind === 'LeftParenthesis'
        const type = kind === 'Name' ? (isCall ? 'function' : 'enumMember') : typeOfToken[kind]
        if (type === undefined) return
        const { start, end } = part.toText(span)
        const { line, character } = found.document.positionAt(start)
        // In the protocol a token never crosses the end of a line, so a token with line breaks ends at the
        // first one.
        const length = Math.min(
          end - start,
          found.document
            .getText()
            .slice(start, end)
            .search(/[\r\n]|$/),
        )
        builder.push(line, character, length, tokenTypes.indexOf(type), 0)
      })
    }
    return builder.build()
  }

  connection.languages.semanticTokens.on(({ textDocument }) => tokensIn(textDocument.uri, undefined))
  connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }) => {
    const document = documents.get(uri)?.document
    return document === undefined ? { data: [] } : tokensIn(uri, spanOf(document, range))
  })

  connection.onShutdown(() => {
    for (const { timer } of documents.values()) clearTimeout(timer)
    documents.clear()
  })
  connection.listen()
}

/** The ranges between matching parentheses. */
const bracketSpans = (text: string): readonly Span[] => {
  const open: number[] = []
  const spans: Span[] = []
  for (const { kind, span } of tokenize(text)) {
    if (kind === 'LeftParenthesis') open.push(span.start)
    else if (kind === 'RightParenthesis') {
      const start = open.pop()
      if (start !== undefined) spans.push({ start, end: span.end })
    }
  }
  return spans
}
