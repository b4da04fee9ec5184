// Writes the generated pages below docs/ anew: npm run generate
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandReference } from '../src/cli/command-reference.js'
import { allCommands } from '../src/cli/commands/index.js'
import { jobFileSchema } from '../src/cli/job/job-file-schema.js'
import { diagnosticReference } from '../src/diagnostics/reference.js'
import { renderOperatorPage } from '../src/filter/reference.js'
import { standardLibrary } from '../src/functions/index.js'
import { functionReference } from '../src/functions/reference.js'
import { configSchema, lintReference } from '../src/lint/index.js'
import { shapeReference } from '../src/sources/reference.js'
import { settingsReference } from '../src/values/settings-reference.js'
import { testFileSchema } from '../src/verify/index.js'

const folder = join(process.cwd(), 'docs')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'functions.md'), functionReference(standardLibrary))
await writeFile(join(folder, 'operators.md'), renderOperatorPage())
await writeFile(join(folder, 'diagnostics.md'), diagnosticReference())
await writeFile(join(folder, 'commands.md'), commandReference(await allCommands()))
await writeFile(join(folder, 'settings.md'), settingsReference())
await writeFile(join(folder, 'shapes.md'), shapeReference())
await writeFile(join(folder, 'lint.md'), lintReference())
await writeFile(join(folder, 'attrflow.test.schema.json'), `${JSON.stringify(testFileSchema, null, 2)}\n`)
await writeFile(join(folder, 'attrflow.config.schema.json'), `${JSON.stringify(configSchema(), null, 2)}\n`)
await writeFile(join(folder, 'attrflow.job.schema.json'), `${JSON.stringify(jobFileSchema(), null, 2)}\n`)
