// Writes grammar/ anew: npm run generate
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { grammarFiles } from './grammar/files.js'

const folder = join(process.cwd(), 'grammar')
await rm(folder, { recursive: true, force: true })
for (const [path, text] of grammarFiles()) {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
