import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPage } from '../../.config/build-page.mjs'
import { browserRequired, chromiumFlags, chromiumPath } from '../browser/chromium.js'

const example = (name: string): string =>
  fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url))
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'attrflow-page-'))
const file = join(folder, 'preview.html')
let browser: Browser | undefined

beforeAll(async () => {
  await buildPage(file)
  if (chromiumPath !== undefined)
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The packages with which the images of the documentation were made, and what this machine has instead. */
const otherPackages = (): string =>
  readFileSync(new URL('../../.ci/browser-packages', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [name = '', version] = line.split('=')
      const found = spawnSync('dpkg-query', ['-W', name], { encoding: 'utf8' })
      const here = found.status === 0 ? found.stdout.trim().split('\t')[1] : 'not from Debian'
      return here === version ? [] : [`${name} is ${here}, the image was made with ${version}`]
    })
    .join('; ') || 'browser and fonts are those of the image'

/** A page, with everything that it asks of the world and everything that goes wrong in it. */
const open = async (
  options: { width?: number; height?: number; dark?: boolean } = {},
): Promise<{ page: Page; requests: string[]; faults: string[] }> => {
  const context = await browser!.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.dark === true ? 'dark' : 'light',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const [requests, faults] = [[] as string[], [] as string[]]
  page.on('request', (request) => requests.push(request.url()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(pathToFileURL(file).href)
  await page.getByRole('tab', { name: 'Expression' }).waitFor()
  return { page, requests, faults }
}

const loadExample = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Load the example' }).click()
  await page.getByText('users loaded').waitFor()
}

const write = async (page: Page, text: string): Promise<void> => {
  const box = page.getByRole('textbox', { name: 'Expression' })
  await box.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

/** The share of pixels in which two images differ visibly; 1 if their sizes differ. */
const difference = async (page: Page, images: readonly Buffer[]): Promise<number> =>
  page.evaluate(
    async (urls) => {
      const [one, two] = await Promise.all(
        urls.map(async (url) => {
          const image = new Image()
          image.src = url
          await image.decode()
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')!
          canvas.drawImage(image, 0, 0)
          return canvas.getImageData(0, 0, image.width, image.height)
        }),
      )
      if (one!.width !== two!.width || one!.height !== two!.height) return 1
      let differing = 0
      for (let at = 0; at < one!.data.length; at += 4)
        if ([0, 1, 2].some((channel) => Math.abs(one!.data[at + channel]! - two!.data[at + channel]!) > 64))
          differing++
      return differing / (one!.width * one!.height)
    },
    images.map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`),
  )

describe.skipIf(chromiumPath === undefined && !browserRequired)('in Chromium', () => {
  it('evaluates an expression for a user as it is typed, and shows how it came about', async () => {
    const { page, requests, faults } = await open()
    await loadExample(page)
    await write(page, 'IIF([department] = "x", ToLower("A"), Left("abcdef", 3))')
    await expect.poll(() => page.locator('output').textContent()).toBe('"abc"')
    expect(await page.getByText('not evaluated').count()).toBeGreaterThan(0)
    await write(page, 'Jion("a"')
    await page.getByText('The expression has errors.').waitFor()
    expect(requests.filter((url) => !/^(?:file|blob|data):/.test(url))).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it('links the trace and the text both ways, and shows the signature of the call', async () => {
    const { page, faults } = await open()
    await loadExample(page)
    await write(page, 'Left("abcdef", 3)')
    await page.keyboard.press('ArrowLeft')
    await page.locator('.cm-signature b', { hasText: 'length' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('.cm-signature').count()).toBe(0)
    await expect.poll(() => page.locator('[aria-current=true]').textContent()).toBe('3')
    await page.getByRole('button', { name: '"abcdef"', exact: true }).click()
    await page.keyboard.insertText('"xyz"')
    await expect.poll(() => page.locator('output').textContent()).toBe('"xyz"')
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it('keeps the expression and the settings in its address, and no users', async () => {
    const { page, faults } = await open()
    await loadExample(page)
    await write(page, 'IIF([facsimileTelephoneNumber] = "", "empty", "not")')
    await expect.poll(() => page.locator('output').textContent()).toBe('"not"')
    await page.getByText('Settings', { exact: true }).click()
    await page.getByRole('textbox', { name: /settings file/ }).fill('{"nullComparison": "lenient"}')
    await page.getByRole('textbox', { name: /settings file/ }).blur()
    await expect.poll(() => page.locator('output').textContent()).toBe('"empty"')
    const link = page.url()
    const another = await page.context().newPage()
    await another.goto(link)
    await expect.poll(() => another.locator('output').textContent()).toBe('"empty"')
    expect(await another.getByRole('combobox', { name: 'User' }).isDisabled()).toBe(true)
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it('looks as in the images of the documentation', async () => {
    const { page } = await open({ width: 1180, height: 860 })
    await loadExample(page)
    await write(
      page,
      'Switch([usageLocation], [companyName], "DE", Join(" ", [companyName], "GmbH"), "SE", "AB")',
    )
    await expect.poll(() => page.locator('output').textContent()).toBe('"Contoso Ltd GmbH"')
    for (let times = 0; times < 19; times++) await page.keyboard.press('ArrowLeft')
    await page.locator('[aria-current=true]', { hasText: 'GmbH' }).waitFor()
    await page.locator('.cm-signature b', { hasText: 'source' }).waitFor()
    const { page: judge } = await open()
    for (const tab of ['Expression', 'Schema']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.waitForTimeout(500)
      const image = fileURLToPath(
        new URL(`../../docs/images/preview-${tab.toLowerCase()}.png`, import.meta.url),
      )
      const now = await page.screenshot(process.env.SCREENSHOTS === 'docs' ? { path: image } : {})
      // SCREENSHOTS=docs makes the images anew. Fonts are drawn a little differently by each browser.
      const share = await difference(judge, [readFileSync(image), now])
      expect(share, share < 0.02 ? tab : `${tab}: ${otherPackages()}`).toBeLessThan(0.02)
    }
    await judge.context().close()
    await page.context().close()
  }, 60_000)

  it('finds a user beyond those that the list holds, and copies names without their break points', async () => {
    const { page } = await open({ width: 390 })
    const users = Array.from({ length: 3_000 }, (_, id) => ({
      id,
      displayName: `User ${id}`,
      preferredDataLocation: 'EUR',
    }))
    const file = join(folder, 'many.json')
    writeFileSync(file, JSON.stringify(users))
    await page.getByLabel('Open schema or users').setInputFiles(file)
    await page.getByText('3000 users loaded').waitFor()
    await page.getByRole('searchbox', { name: 'Find' }).fill('user 2987')
    await page.locator('option', { hasText: 'User 2987' }).waitFor({ state: 'attached' })
    await page.getByRole('combobox', { name: 'User' }).selectOption('User 2987')
    await write(page, '[displayName]')
    await expect.poll(() => page.locator('output').textContent()).toBe('"User 2987"')
    await page.getByRole('tab', { name: 'Source' }).click()
    const name = page.getByRole('rowheader', { name: 'preferredDataLocation', exact: true })
    expect(await name.evaluate((cell) => (cell as HTMLElement).innerText)).toBe('preferredDataLocation')
    expect(await name.locator('wbr').count()).toBe(2)
    await page.context().close()
  }, 60_000)

  it('shows user, schema, filter, comparison and source, and stores an edited expression', async () => {
    const { page, requests, faults } = await open()
    await loadExample(page)
    await page.getByRole('tab', { name: 'User' }).click()
    await page.getByRole('heading', { name: /2\. Scope/ }).waitFor()
    expect(await page.getByText('Nothing was written').count()).toBeGreaterThan(0)
    await page.getByRole('tab', { name: 'Schema' }).click()
    await page.getByRole('searchbox').fill('displayName')
    await page.getByRole('button', { name: 'displayName', exact: true }).click()
    await write(page, 'ToUpper([displayName])')
    await page.getByRole('button', { name: 'Store in the schema' }).click()
    await page.getByText('has the new expression').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the schema as a file' }).click(),
    ])
    const saved = readFileSync((await download.path())!, 'utf8')
    expect(saved).toContain('"ToUpper([displayName])"')
    await page.getByRole('tab', { name: 'Filter' }).click()
    await page.getByText(/users are in scope/).waitFor()
    await page.getByRole('button', { name: 'Add a group to inputFilterGroups' }).click()
    await page.getByRole('button', { name: 'Add a clause to group 1 of inputFilterGroups' }).click()
    await page.getByLabel('Attribute, clause 1 of group 1 of inputFilterGroups').fill('userPrincipalName')
    await page.getByLabel('Operator, clause 1 of group 1 of inputFilterGroups').selectOption('IS NULL')
    await page.getByText(/leave the scope/).waitFor()
    await page.getByRole('button', { name: 'Store in the schema' }).last().click()
    await page.getByText('The schema has the new filter').waitFor()
    await page.getByRole('tab', { name: 'Compare' }).click()
    await page.getByLabel('Open NEW').setInputFiles(example('entra-to-scim.schema.json'))
    await page.getByText(/objects? (?:is|are) affected/).waitFor()
    await page.getByRole('tab', { name: 'Source' }).click()
    await page.getByRole('heading', { name: 'The chosen object' }).waitFor()
    expect(requests.filter((url) => !/^(?:file|blob|data):/.test(url))).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it('does the work of each view by keys alone, and names its controls', async () => {
    const { page, faults } = await open()
    const keys = page.keyboard
    const focused = (): Promise<string | null> =>
      page.evaluate(() => {
        const outer = document.activeElement
        const at = outer?.shadowRoot?.activeElement ?? outer
        return at?.getAttribute('aria-label') ?? at?.textContent ?? null
      })
    /** Presses a key until the control has the focus. */
    const reach = async (wanted: ReturnType<Page['locator']>, key = 'Tab'): Promise<void> => {
      for (let times = 0; times < 80; times++) {
        if (await wanted.evaluate((one) => one.matches(':focus'))) return
        await keys.press(key)
      }
      throw new Error(`${key} does not reach ${wanted}; the focus is on ${await focused()}`)
    }
    const view = async (name: string): Promise<void> => {
      await reach(page.locator('[role=tab][aria-selected=true]'), 'Shift+Tab')
      await reach(page.getByRole('tab', { name }), 'ArrowRight')
    }
    /** The names of controls and row headers in the browser's accessibility tree. */
    const named = async (): Promise<string[]> => {
      const session = await page.context().newCDPSession(page)
      const { nodes } = await session.send('Accessibility.getFullAXTree')
      const roles = /^(?:button|textbox|searchbox|combobox|tab|rowheader|region|tabpanel|meter|image)$/
      return nodes
        .filter((node) => !node.ignored && roles.test(String(node.role?.value)))
        .map((node) => String(node.name?.value ?? ''))
    }
    await reach(page.getByRole('button', { name: 'Load the example' }))
    await keys.press('Enter')
    await page.getByText('users loaded').waitFor()
    const before = await page.getByRole('combobox', { name: 'User' }).inputValue()
    await reach(page.getByRole('combobox', { name: 'User' }))
    await keys.press('ArrowDown')
    expect(await page.getByRole('combobox', { name: 'User' }).inputValue()).not.toBe(before)
    await reach(page.getByRole('textbox', { name: 'Expression' }))
    await keys.press('ControlOrMeta+a')
    await keys.insertText('Left("abcdef", 3)')
    await expect.poll(() => page.locator('output').textContent()).toBe('"abc"')
    await reach(page.getByText('How it came about'))
    await view('Schema')
    await reach(page.getByRole('searchbox', { name: 'Search' }))
    await keys.insertText('displayName')
    await page.getByRole('status').filter({ hasText: '1 found' }).waitFor()
    expect(await named()).toContain('displayName')
    await reach(page.getByRole('button', { name: 'displayName', exact: true }))
    await keys.press('Enter')
    await expect.poll(focused).toBe('Expression')
    await keys.press('ControlOrMeta+a')
    await keys.insertText('ToUpper([displayName])')
    await reach(page.getByRole('button', { name: 'Store in the schema' }))
    await keys.press('Enter')
    await page.getByText('has the new expression').waitFor()
    await reach(page.getByRole('button', { name: 'Save the schema as a file' }))
    const [saved] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')])
    expect(readFileSync((await saved.path())!, 'utf8')).toContain('"ToUpper([displayName])"')
    await view('User')
    await page.getByRole('heading', { name: /2\. Scope/ }).waitFor()
    expect(await named()).toContain('userName')
    await view('Filter')
    await page.getByText(/users are in scope/).waitFor()
    await reach(page.getByRole('button', { name: 'Add a group to inputFilterGroups' }))
    await keys.press('Enter')
    await reach(page.getByRole('button', { name: 'Add a clause to group 1 of inputFilterGroups' }))
    for (const clause of [1, 2]) {
      await keys.press('Enter')
      await expect.poll(focused).toBe(`Attribute, clause ${clause} of group 1 of inputFilterGroups`)
      await keys.insertText('userPrincipalName')
      if (clause === 1) await reach(page.getByRole('button', { name: /Add a clause to group 1 of input/ }))
    }
    await reach(
      page.getByRole('button', { name: 'Remove clause 1 of group 1 of inputFilterGroups' }),
      'Shift+Tab',
    )
    await keys.press('Enter')
    await expect.poll(focused).toBe('Remove clause 1 of group 1 of inputFilterGroups')
    await keys.press('Enter')
    await expect.poll(focused).toBe('Add a clause to group 1 of inputFilterGroups')
    await reach(page.getByRole('button', { name: 'Undo the edits' }), 'Shift+Tab')
    await keys.press('Enter')
    await expect.poll(focused).toBe('Scoping filter')
    await view('Compare')
    await reach(page.getByLabel('Open NEW'))
    await page.getByLabel('Open NEW').setInputFiles(example('entra-to-scim.schema.json'))
    await page.getByText('NEW is').waitFor()
    await view('Source')
    await page.getByRole('heading', { name: 'The chosen object' }).waitFor()
    const names = await named()
    expect(names).toContain('userPrincipalName')
    expect(names.filter((name) => name === '')).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it('opens files of every encoding, says what is wrong with others, and names the user', async () => {
    const { page, faults } = await open({ width: 390 })
    const input = page.getByLabel('Open schema or users')
    const utf16 = join(folder, 'utf16.schema.json')
    writeFileSync(
      utf16,
      Buffer.from(`\ufeff${readFileSync(example('entra-to-scim.schema.json'))}`, 'utf16le'),
    )
    await input.setInputFiles(utf16)
    await page.getByText('utf16.schema.json: schema loaded').waitFor()
    const workbook = join(folder, 'users.xlsx')
    writeFileSync(workbook, 'PK\u0003\u0004')
    await input.setInputFiles(workbook)
    await page.getByText(/users\.xlsx: .*Excel workbook/).waitFor()
    await input.setInputFiles(example('users.ndjson'))
    await page.getByText('users loaded').waitFor()
    await page.getByRole('tab', { name: 'User' }).click()
    const picker = page.getByRole('combobox', { name: 'User' })
    const name = await picker.locator('option:checked').textContent()
    await page.getByRole('heading', { level: 2, name: name! }).waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it('shows markup, control and direction characters of data as text', async () => {
    const { page, faults } = await open()
    await loadExample(page)
    const users = join(folder, 'hostile.json')
    const evil = '<img src=x onerror=alert(1)>\u001b[31m\u202eabc'
    writeFileSync(
      users,
      JSON.stringify([{ objectId: evil, userPrincipalName: evil, displayName: evil, mail: evil }]),
    )
    await page.getByLabel('Open schema or users').setInputFiles(users)
    await page.getByText('1 user loaded').waitFor()
    await write(page, '[displayName]')
    await expect.poll(() => page.locator('output').textContent()).toContain('\\u202eabc')
    for (const tab of ['User', 'Source']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.locator(`#panel-${tab}`).waitFor()
      expect(await page.locator('main img').count()).toBe(0)
      const text = await page.locator('main').textContent()
      for (const sign of ['\u001b', '\u202e']) expect(text).not.toContain(sign)
    }
    expect(faults).toEqual([])
    await page.context().close()
  }, 60_000)

  it.each([
    ['light, wide', { width: 1280, dark: false }],
    ['dark, wide', { width: 1280, dark: true }],
    ['light, narrow', { width: 390, dark: false }],
    ['dark, narrow', { width: 390, dark: true }],
  ])(
    '%s: axe finds nothing, and nothing is wider than the page',
    async (name, options) => {
      const { page } = await open(options)
      await loadExample(page)
      for (const tab of ['Expression', 'User', 'Schema', 'Filter', 'Compare', 'Source']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.waitForTimeout(150)
        await page.evaluate(axeSource)
        const found = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
          const { violations } = await axe.run()
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
        })
        expect(found, tab).toEqual([])
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, `${tab} ${name}`).toBeLessThanOrEqual(0)
        if (process.env.SCREENSHOTS !== undefined && process.env.SCREENSHOTS !== 'docs')
          await page.screenshot({
            path: join(process.env.SCREENSHOTS, `${tab}-${name.replace(/\W+/g, '-')}.png`),
          })
      }
      await page.context().close()
    },
    60_000,
  )
})
