import ts from 'typescript'

/** What a source file needs from outside itself. */
export interface SourceFacts {
  /** Every module specifier: imports, re-exports, type-only ones and `import('…')` types included. */
  readonly specifiers: readonly string[]
  /** Names used as values that the file does not declare itself: imports of the platform, so to speak. */
  readonly freeNames: ReadonlySet<string>
  /** Whether an `import(…)` computes its specifier, which hides an edge of the graph. */
  readonly computedImport: boolean
}

/** Reads the facts off the syntax tree of one file. */
export const sourceFactsOf = (fileName: string, text: string): SourceFacts => {
  const specifiers: string[] = []
  const used = new Set<string>()
  const declared = new Set<string>()
  let computedImport = false

  const addSpecifier = (node: ts.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) specifiers.push(node.text)
    else computedImport = true
  }

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) addSpecifier(node.moduleSpecifier)
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
      addSpecifier(node.moduleSpecifier)
    else if (ts.isExternalModuleReference(node)) addSpecifier(node.expression)
    else if (ts.isImportTypeNode(node))
      addSpecifier(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      addSpecifier(node.arguments[0])
    } else if (ts.isIdentifier(node)) {
      if (isDeclarationName(node)) declared.add(node.text)
      else if (isValueReference(node)) used.add(node.text)
    } else if (isGlobalThisMember(node)) used.add(node.name.text)
    ts.forEachChild(node, visit)
  }

  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true)
  visit(file)
  for (const reference of [...file.referencedFiles, ...file.typeReferenceDirectives])
    specifiers.push(reference.fileName)
  return { specifiers, freeNames: new Set([...used].filter((name) => !declared.has(name))), computedImport }
}

const isGlobalThisMember = (node: ts.Node): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'globalThis'

/** Whether the identifier names what a declaration brings into scope. */
const isDeclarationName = (node: ts.Identifier): boolean => {
  const { parent } = node
  const names =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent)
  return names && parent.name === node
}

/** Whether the identifier reads a variable, rather than naming a member, a type or a label. */
const isValueReference = (node: ts.Identifier): boolean => {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) || ts.isMetaProperty(parent)) return parent.name !== node
  if (ts.isPropertyAssignment(parent) || ts.isBindingElement(parent)) return parent.initializer === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isExportSpecifier(parent) || ts.isLabeledStatement(parent)) return false
  if (ts.isTypeQueryNode(parent)) return false
  return (
    !ts.isTypeNode(parent) &&
    !ts.isTypeElement(parent) &&
    !ts.isClassElement(parent) &&
    !ts.isQualifiedName(parent)
  )
}
