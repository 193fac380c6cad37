import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findExecutable } from '../../harness/executable.ts'
import { everyOutcome } from '../../reports/fixture.ts'
import { renderHtml } from '../../reports/html/page.ts'

/** The page in a real browser, as a reader has it: a file, without server or network. */
const executablePath = await findExecutable('chromium')
const there = test.skipIf(executablePath === undefined)
if (executablePath === undefined)
  process.stderr.write('chromium is not installed: the tests of the HTML report are skipped\n')

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FAILED = 'streams/echo/dialer:js/listener:go/tcp,noise,yamux'

let folder: string
let browser: Browser
beforeAll(async () => {
  if (executablePath === undefined) return
  folder = await mkdtemp(join(tmpdir(), 'p2pd-page-'))
  const evidence = new Map([[FAILED, { 'timeline.log': 'dialer → CONNECT <script>alert(1)</script>' }]])
  const histories = new Map([
    [FAILED, { outcomes: ['pass', 'fail'], firstBad: { startedAt: '2026-11-02', changed: ['go 1 → 2'] } } as const],
  ])
  await writeFile(join(folder, 'index.html'), renderHtml(everyOutcome, { evidence, histories }))
  // no network of its own either: it would look for updates
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
  browser = await chromium.launch({ executablePath, args: [...args, '--disable-component-update'] })
})
afterAll(async () => {
  await browser?.close()
  if (folder !== undefined) await rm(folder, { recursive: true })
})

const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const

interface Opened extends AsyncDisposable {
  readonly page: Page
  readonly complaints: string[]
}

async function open(size: keyof typeof SIZES, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith('file:')) complaints.push(`asks the network for ${request.url()}`)
  })
  await page.goto(String(pathToFileURL(join(folder, 'index.html'))))
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

/** What a person with a screen reader, or without good eyes, would stumble over. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const run = (): Promise<AxeResults> => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run()
  const { violations } = await page.evaluate(run)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

there('shows the matrix, a button a cell, whose name says all', async () => {
  await using opened = await open('desktop')
  const { page, complaints } = opened
  expect(await page.locator('.matrix button.cell').count()).toBe(everyOutcome.cells.length)
  await page.getByRole('button', { name: 'echo, js → go: fail' }).waitFor({ state: 'visible' })
  expect(await page.title()).toContain('red')
  expect(await page.getByText('"x/**" matches no cell').count()).toBe(1)
  expect(complaints).toEqual([])
})

there('filters by words, implementation and outcome', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  const shown = () => page.locator('.matrix button.cell:visible').count()
  await page.getByLabel('filter cells').fill('echo listener:go')
  expect(await shown()).toBe(1)
  expect(await page.getByRole('status').textContent()).toBe(`1 of ${everyOutcome.cells.length} cells shown`)
  await page.getByLabel('filter cells').fill('')
  await page.getByRole('combobox').selectOption('rust')
  expect(await shown()).toBe(1)
  await page.getByRole('combobox').selectOption('')
  await page
    .getByRole('button', { name: /pass \d/ })
    .first()
    .click()
  const passed = everyOutcome.cells.filter(({ outcome }) => outcome === 'pass').length
  expect(await shown()).toBe(everyOutcome.cells.length - passed)
})

there('a failed cell opens its evidence, blame and history; nothing in them becomes code', async () => {
  await using opened = await open('desktop')
  const { page, complaints } = opened
  page.on('dialog', dialog => complaints.push(`ran ${dialog.message()}`))
  await page.getByRole('button', { name: 'echo, js → go: fail' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('dialer → CONNECT <script>alert(1)</script>').waitFor()
  const text = await dialog.textContent()
  expect(text).toContain('failed to dial: all dials failed')
  expect(text).toContain('js and go disagree')
  expect(text).toContain(`--replay '${FAILED}'`)
  expect(text).toContain('2026-11-02, when go 1 → 2')
  expect(await dialog.locator('.spark rect').count()).toBe(2)
  await page.keyboard.press('Escape')
  expect(await dialog.isVisible()).toBe(false)
  expect(complaints).toEqual([])
})

there('works by keyboard alone', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  const focused = () =>
    page.evaluate(() =>
      (
        globalThis as unknown as { document: { activeElement: { getAttribute(name: string): string } } }
      ).document.activeElement.getAttribute('aria-label'),
    )
  await page.locator('button.cell').first().focus()
  expect(await focused()).toBe('echo, js → js: pass')
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe('echo, js → go: fail')
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe('half-close, js → go: xfail')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('closes both').waitFor()
  await page.keyboard.press('Escape')
  expect(await focused()).toBe('half-close, js → go: xfail')
  await page.keyboard.press('/')
  expect(await focused()).toBe('filter cells')
})

there('a link leads to a cell', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  await page.goto(`${pathToFileURL(join(folder, 'index.html'))}#${encodeURIComponent(FAILED)}`)
  await page.reload()
  await page.getByRole('dialog').getByText('failed to dial').first().waitFor()
})

there.for([
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
] as const)('has no barriers, and fits: %s, %s', { timeout: 60_000 }, async ([size, scheme]) => {
  await using opened = await open(size, scheme)
  const { page } = opened
  for (const tab of ['By scenario', 'By pair', 'Failures', 'Implementations']) {
    await page.getByRole('tab', { name: tab }).click()
    expect(await barriers(page)).toEqual([])
  }
  await page.getByRole('tab', { name: 'Failures' }).click()
  await page.locator('#attention [data-path]').first().click()
  expect(await barriers(page)).toEqual([])
  // the page never scrolls sideways; wide tables do so in themselves
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement
    return scrollWidth - clientWidth
  })
  expect(overflow).toBe(0)
})
