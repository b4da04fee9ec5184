import { workspace } from 'vscode'
import { LanguageClient } from 'vscode-languageclient/node.js'

let client

export const activate = async () => {
  const command = workspace.getConfiguration('attrflow').get('command', 'attrflow')
  client = new LanguageClient(
    'attrflow',
    'attrflow',
    { command, args: ['lsp', '--stdio'] },
    { documentSelector: [{ language: 'attrflow' }, { language: 'json' }] },
  )
  await client.start()
}

export const deactivate = () => client?.stop()
