import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Html, html, trustedHtml } from '../../text/html.js'
import { type CliIo, UsageError } from '../io.js'

/** The script of mutation-testing-elements, which displays a report. */
const elementsScript = async (): Promise<string> => {
  try {
    const { resolve } = createRequire(import.meta.url)
    return await readFile(resolve('mutation-testing-elements/dist/mutation-test-elements.js'), 'utf8')
  } catch {
    throw new UsageError(
      'the page of mutants needs a package: npm install mutation-testing-elements@3; a .json report does not',
    )
  }
}

/** A text for a script in a page: nothing in it ends the script or opens an HTML comment. */
const inScript = (text: string): string => text.replace(/<\/(?=script)/gi, '<\\/').replace(/<!--/g, '<\\!--')

/**
 * A script in a page. A tagged template must not contain its end tag: bundlers would need a helper to write
 * it.
 */
const scriptOf = (text: string): Html => trustedHtml(`<script>${text}</script>`)

const pageOf = (report: object, script: string): string => {
  const data = JSON.stringify(report).replace(/</g, '\\u003c')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>Mutants of mappings</title>
${scriptOf(inScript(script))}
</head>
<body>
<mutation-test-report-app title-postfix="attrflow">This page needs JavaScript.</mutation-test-report-app>
${scriptOf(`document.querySelector('mutation-test-report-app').report = ${data}`)}
</body>
</html>
`.text
}

/** Writes a mutation report: a page in one file if the name ends in .html, else JSON. */
export const writeMutationReport = async (report: object, path: string, io: CliIo): Promise<void> => {
  const text = /\.html$/i.test(path) ? pageOf(report, await elementsScript()) : `${JSON.stringify(report)}\n`
  await io.files.write(path, text)
}
