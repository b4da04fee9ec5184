// Shows what attrflow does with the examples: npm run demo. It runs the built command as a user would.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
if (!existsSync(cli)) {
  console.error('dist/ is missing: run npm run build first')
  process.exit(1)
}

const bold = (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[0m` : text)

/** Runs attrflow with its command line above the output; `codes` are the exit codes that are meant to occur. */
function show(title, args, codes = [0]) {
  const quoted = args.map((arg) => (/^[\w./:=@-]+$/.test(arg) ? arg : `'${arg}'`))
  console.log(`\n${bold(`— ${title}`)}\n$ npx attrflow ${quoted.join(' ')}\n`)
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
  if (!codes.includes(status)) {
    console.error(`attrflow ended with ${status}`)
    process.exit(1)
  }
}

const hr = 'docs/examples/workday-to-ad.schema.json'
const workers = 'docs/examples/workers.csv'
const app = 'docs/examples/entra-to-scim.schema.json'
const users = 'docs/examples/users.ndjson'
const current = 'docs/examples/application-users.ndjson'
const clock = ['--now', '2025-07-30T12:00:00Z']

show('One expression, with the value of each part', [
  'eval',
  'ToLower(NormalizeDiacritics(Join(".", [first], [last])))',
  '--attribute',
  'first=Jörg',
  '--attribute',
  'last=Mustermaß',
  '--trace',
])
// Both populations hold one bad record on purpose, which makes the exit code 1.
show('Workers of an HR system → Active Directory', ['map', hr, '--source', workers, '--brief', ...clock], [1])
show('Users of Entra ID → a SCIM application', ['map', app, '--source', users, '--brief', ...clock], [1])
show(
  'The same, when some are there already',
  ['map', app, '--source', users, '--target', current, '--brief', ...clock],
  [1],
)
show('Why is user 5 left out?', ['explain', app, '--source', users, '--line', '5', ...clock])
show('What happens to user 7, who is disabled?', [
  'explain',
  app,
  '--source',
  users,
  '--target',
  current,
  '--line',
  '7',
  ...clock,
])

show('What is wrong with the schema, or may be unintended', ['check', app])
show('The tests of that mapping, and what they reach', ['test', 'docs/examples', '--coverage'])

const folder = mkdtempSync(join(tmpdir(), 'attrflow-demo-'))
show('The preview page, as a file to open or to send', [
  'preview',
  app,
  '--source',
  users,
  '--out',
  join(folder, 'preview.html'),
])

// A change that somebody might make: the kiosk users come into the scope.
const changed = join(folder, 'changed.schema.json')
writeFileSync(changed, readFileSync(join(root, app), 'utf8').replace('"Kiosk"', '"Board"'))
show(
  'What a change of the scope does to the users, before it is saved',
  ['diff', app, changed, '--source', users],
  [0, 1],
)

// A service to provision into, for as long as the job runs.
const service = spawn(process.execPath, ['docs/examples/scim-server.mjs', '0'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const port = await new Promise((known, fail) => {
  service.once('error', fail)
  service.stdout.on('data', (text) => {
    const found = /127\.0\.0\.1:(\d+)/.exec(String(text))
    if (found !== null) known(found[1])
  })
})
const job = join(folder, 'job.json')
writeFileSync(
  job,
  JSON.stringify({
    schema: join(root, app),
    source: { User: join(root, users) },
    target: { scim: `http://127.0.0.1:${port}` },
    state: join(folder, 'job.sqlite'),
  }),
)
show('What a provisioning cycle would do: nothing is written', ['job', 'plan', job], [1])
show('The cycle against a SCIM service', ['job', 'run', job], [1])
show('Its log', ['job', 'log', job])
service.kill()
rmSync(folder, { recursive: true, force: true })

console.log(`
${bold('Where to look next')}
  docs/examples/README.md                  the schemas and people used here
  npx attrflow explain ${hr} --source ${workers} --id 10004 --trace
  npx attrflow schema show ${app}
  npx attrflow check ${app}
  npx attrflow preview ${app} --source ${users}
  npx attrflow --help                      every command; npx attrflow help map`)
