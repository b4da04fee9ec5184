import { render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { shown } from '../text/shown.js'
import type { ExpressionView, SchemaView, UsersView } from './answers.js'
import { startClient } from './client.js'
import { createEditor, type ExpressionEditor } from './editor.js'
import { fromFragment, toFragment } from './link.js'
import type { Opened } from './session.js'
import { CompareTab } from './tabs/compare.js'
import { ExpressionTab } from './tabs/expression.js'
import { FilterTab } from './tabs/filter.js'
import { SchemaTab } from './tabs/schema.js'
import { SourceTab } from './tabs/source.js'
import { UserTab } from './tabs/user.js'
import { UserPicker } from './tabs/user-picker.js'

/** Files that `attrflow preview` put into the page. */
interface Preloaded {
  readonly schema?: { readonly name: string; readonly text: string }
  readonly users?: { readonly name: string; readonly base64: string }
}

/** An example, inserted by the build. */
declare const EXAMPLE: { readonly schema: string; readonly users: string }
/** The version of the package, inserted by the build. */
declare const VERSION: string

const tabs = ['Expression', 'User', 'Schema', 'Filter', 'Compare', 'Source'] as const
type Tab = (typeof tabs)[number]

const client = startClient()

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

const preloaded = (): Preloaded => {
  const text = document.getElementById('attrflow-data')?.textContent ?? ''
  return text.trim() === '' ? {} : (JSON.parse(text) as Preloaded)
}

const FIRST = 'Join(" ", [givenName], ToUpper([surname]))'

const App = () => {
  const [tab, setTab] = useState<Tab>('Expression')
  const [schema, setSchema] = useState<SchemaView | undefined>()
  const [users, setUsers] = useState<UsersView | undefined>()
  const [user, setUser] = useState(0)
  const [view, setView] = useState<ExpressionView | undefined>()
  const [editing, setEditing] = useState<number | undefined>()
  const [message, setMessage] = useState('')
  const [settings, setSettings] = useState('')
  const [cursor, setCursor] = useState(0)
  const [round, setRound] = useState(0)
  const editor = useRef<ExpressionEditor | undefined>(undefined)
  const host = useRef<HTMLDivElement>(null)
  const userRef = useRef(0)
  userRef.current = user
  const settingsRef = useRef('')
  settingsRef.current = settings

  /** The address of the page as a link to what it shows. */
  const updateLink = async (text: string): Promise<void> => {
    const typed = settingsRef.current
    const fragment = await toFragment({ expression: text, ...(typed === '' ? {} : { settings: typed }) })
    history.replaceState(null, '', fragment)
  }

  const evaluate = async (text: string): Promise<void> => {
    const next = await client.expression(text, userRef.current)
    if (editor.current?.text() !== text) return
    editor.current.show(text, next)
    setView(next)
  }

  const show = async (next: Opened, name: string): Promise<void> => {
    if (next.schema !== undefined) {
      setSchema(next.schema)
      const fault = next.schema.faults.find(({ severity }) => severity === 'error')
      setMessage(`${name}: ${fault?.message ?? 'schema loaded'}`)
      setEditing(undefined)
    }
    if (next.users !== undefined) {
      const { count, faults } = next.users
      setUsers(next.users)
      setUser(0)
      userRef.current = 0
      const loaded = `${count} ${count === 1 ? 'user' : 'users'} loaded`
      setMessage(`${name}: ${(count === 0 && faults[0]?.message) || loaded}`)
    }
    setRound((n) => n + 1)
    await evaluate(editor.current?.text() ?? '')
  }

  const loadSchema = async (text: string, name: string): Promise<void> =>
    show({ schema: await client.schema(text, name) }, name)

  const loadUsers = async (bytes: Uint8Array, name: string): Promise<void> =>
    show({ users: await client.users(bytes, name) }, name)

  const applySettings = async (typed: string): Promise<void> => {
    setSettings(typed)
    settingsRef.current = typed
    const { view: next, problem } = await client.settings(typed)
    setMessage(problem ?? (typed.trim() === '' ? 'The default settings apply' : 'The settings apply'))
    if (problem !== undefined) return
    if (next.name !== '') setSchema(next)
    setRound((n) => n + 1)
    const text = editor.current?.text() ?? ''
    await updateLink(text)
    await evaluate(text)
  }

  const loadFile = async (file: File): Promise<void> =>
    show(await client.open(new Uint8Array(await file.arrayBuffer()), file.name), file.name)

  const loadExample = async (): Promise<void> => {
    await loadSchema(EXAMPLE.schema, 'example.schema.json')
    await loadUsers(new TextEncoder().encode(EXAMPLE.users), 'example-users.ndjson')
  }

  useEffect(() => {
    if (host.current === null || editor.current !== undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    editor.current = createEditor(host.current, 'Expression', {
      changed: (text) => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          void evaluate(text)
          void updateLink(text)
        }, 60)
      },
      moved: setCursor,
      signature: (text, offset) => client.signature(text, offset),
      complete: (text, offset) => client.complete(text, offset),
      hover: (text, offset) => client.hover(text, offset),
    })
    void (async () => {
      const link = await fromFragment(location.hash)
      const { expression } = link
      if (typeof link.settings === 'string') await applySettings(link.settings)
      editor.current?.setText(typeof expression === 'string' ? expression : FIRST)
      const files = preloaded()
      if (files.schema !== undefined) await loadSchema(files.schema.text, files.schema.name)
      if (files.users !== undefined) await loadUsers(bytesOf(files.users.base64), files.users.name)
    })()
  }, [])

  useEffect(() => {
    const over = (event: DragEvent): void => event.preventDefault()
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      for (const file of event.dataTransfer?.files ?? []) void loadFile(file)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [])

  const chooseUser = (index: number): void => {
    setUser(index)
    userRef.current = index
    void evaluate(editor.current?.text() ?? '')
  }

  const openMapping = (index: number, expression: string): void => {
    setEditing(index)
    editor.current?.setText(expression)
    setTab('Expression')
    // A hidden editor cannot take the focus.
    requestAnimationFrame(() => editor.current?.focus())
  }

  const store = async (): Promise<void> => {
    if (editing === undefined) return
    const { view: next, problem } = await client.edit(editing, editor.current?.text() ?? '')
    setSchema(next)
    setRound((n) => n + 1)
    setMessage(
      problem ??
        `${next.rows[editing]?.target ?? 'The mapping'} has the new expression; save the schema to keep it`,
    )
  }

  const save = async (): Promise<void> => {
    const url = URL.createObjectURL(new Blob([await client.save()], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = schema?.name ?? 'schema.json'
    link.click()
    URL.revokeObjectURL(url)
  }

  const target = editing === undefined ? undefined : schema?.rows[editing]?.target
  const shared = { client, schema, users, user, round }
  return (
    <div class="page">
      <header>
        <h1>attrflow</h1>
        <p class="about">Mappings of Microsoft Entra, evaluated on this machine. Nothing leaves this page.</p>
        <div class="files">
          <label class="button">
            Open schema or users
            <input
              type="file"
              class="hidden"
              multiple
              onChange={(event) => {
                for (const file of event.currentTarget.files ?? []) void loadFile(file)
                event.currentTarget.value = ''
              }}
            />
          </label>
          <button type="button" onClick={() => void loadExample()}>
            Load the example
          </button>
          <UserPicker client={client} users={users} user={user} round={round} choose={chooseUser} />
          {(schema?.mappings.length ?? 0) > 1 && (
            <label>
              Mapping{' '}
              <select
                value={String(schema?.chosen ?? 0)}
                onChange={(event) => {
                  void client.choose(Number(event.currentTarget.value)).then((next) => {
                    setSchema(next)
                    setRound((n) => n + 1)
                    setEditing(undefined)
                  })
                }}
              >
                {schema?.mappings.map((title, index) => (
                  <option value={String(index)}>{shown(title)}</option>
                ))}
              </select>
            </label>
          )}
        </div>
        <details class="settings">
          <summary>Settings</summary>
          <label>
            As in a settings file, such as <code>{'{"nullComparison": "lenient"}'}</code>
            <textarea
              spellcheck={false}
              value={settings}
              onChange={(event) => void applySettings(event.currentTarget.value)}
            />
          </label>
        </details>
        <p role="status" class="message">
          {shown(message)}
        </p>
      </header>
      <main>
        <div role="tablist" aria-label="Views" class="tabs">
          {tabs.map((name, index) => (
            <button
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls={`panel-${name}`}
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
              onKeyDown={(event) => {
                const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
                if (step === 0) return
                const next = tabs.at((index + step) % tabs.length) ?? name
                setTab(next)
                document.getElementById(`tab-${next}`)?.focus()
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <div class="panel">
          {/* The editor stays in the page, so that its text and history survive a change of the view. */}
          <section
            role="tabpanel"
            id="panel-Expression"
            aria-labelledby="tab-Expression"
            class={tab === 'Expression' ? '' : 'hidden'}
          >
            <h2>{target === undefined ? 'Expression' : `Expression of ${shown(target)}`}</h2>
            <div ref={host} class="editor" />
            {editing !== undefined && (
              <p>
                <button type="button" onClick={() => void store()}>
                  Store in the schema
                </button>{' '}
                {schema?.changed === true && (
                  <button type="button" onClick={() => void save()}>
                    Save the schema as a file
                  </button>
                )}
              </p>
            )}
            <ExpressionTab
              {...shared}
              view={view}
              editor={editor.current}
              choose={chooseUser}
              cursor={cursor}
              text={editor.current?.text() ?? ''}
            />
          </section>
          {tab !== 'Expression' && (
            <section role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
              {tab === 'User' && <UserTab {...shared} />}
              {tab === 'Schema' && <SchemaTab {...shared} open={openMapping} save={() => void save()} />}
              {tab === 'Filter' && (
                <FilterTab
                  {...shared}
                  stored={(next, text) => {
                    setSchema(next)
                    setRound((n) => n + 1)
                    setMessage(text)
                  }}
                />
              )}
              {tab === 'Filter' && schema?.changed === true && (
                <button type="button" onClick={() => void save()}>
                  Save the schema as a file
                </button>
              )}
              {tab === 'Compare' && <CompareTab {...shared} />}
              {tab === 'Source' && <SourceTab {...shared} />}
            </section>
          )}
        </div>
      </main>
      <footer>
        attrflow {VERSION}
        {schema === undefined ? '' : ` · dialect ${schema.dialect}`} · nothing was written to any directory
      </footer>
    </div>
  )
}

render(<App />, document.getElementById('app') ?? document.body)
