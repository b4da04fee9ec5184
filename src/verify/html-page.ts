import { type Html, html, trustedHtml } from '../text/html.js'

const style = `
:root { color-scheme: light dark; --back: #f6f7f9; --panel: #fff; --text: #1c2430; --quiet: #566070; --line: #c9d0da;
  --accent: #0b5cad; --good: #136c37; --good-back: #e3f3e8; --bad: #b3261e; --bad-back: #fde7e4; }
@media (prefers-color-scheme: dark) { :root { --back: #14181f; --panel: #1c222b; --text: #e8ecf2; --quiet: #a6b0bf;
  --line: #3a4453; --accent: #7fb8ff; --good: #7fd6a0; --good-back: #173524; --bad: #ff9d96; --bad-back: #4a1f1c; } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 16px; max-width: 1100px; font: 16px/1.5 system-ui, sans-serif; background: var(--back); color: var(--text) }
h1 { font-size: 22px; margin: 0 0 4px } h2 { font-size: 19px; margin: 28px 0 6px; overflow-wrap: anywhere }
h3 { font-size: 16px; margin: 0; overflow-wrap: anywhere }
a { color: var(--accent) } a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.quiet { color: var(--quiet) } .good { color: var(--good) } .bad { color: var(--bad) }
section.card { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; margin: 10px 0 }
pre { font: 14px/1.7 ui-monospace, "DejaVu Sans Mono", monospace; margin: 6px 0; white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: 14px } th { text-align: left; font-weight: 600 }
th, td { padding: 3px 10px 3px 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.bars th { font-weight: 400 } .bars td:last-child { width: 40% } @media (max-width: 600px) { .bars td:last-child { width: 20% } }
.bars svg { display: block; width: 100%; height: 16px } .bars rect { fill: var(--accent) } .bars rect.bad { fill: var(--bad) }
summary { cursor: pointer; color: var(--quiet) } code { font: 14px ui-monospace, "DejaVu Sans Mono", monospace }
`

/**
 * A page in one file that loads nothing and runs no script.
 * @param more further CSS rules, from the program itself
 */
export const htmlPage = (title: string, body: Html, more = ''): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trustedHtml(style + more)}</style>
</head>
<body>
${body}
</body>
</html>
`.text
