import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { findExecutable } from '../../harness/executable.ts'

const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const

/** Every size and colour in which a page is looked at. */
export const SCREENS = [
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
] as const

interface Opened extends AsyncDisposable {
  readonly page: Page
  /** Errors of the page's script, and what it asked the network for. */
  readonly complaints: string[]
}

const executablePath = await findExecutable('chromium')
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A page in a real browser, as a reader has it: a file, without server or network. Without a browser its tests are skipped. */
export function providePage(content: string) {
  if (executablePath === undefined)
    process.stderr.write('chromium is not installed: the tests of the HTML report are skipped\n')
  let folder: string
  let browser: Browser
  beforeAll(async () => {
    if (executablePath === undefined) return
    folder = await mkdtemp(join(tmpdir(), 'p2pd-page-'))
    await writeFile(join(folder, 'index.html'), content)
    // no network of its own either: it would look for updates
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ]
    browser = await chromium.launch({ executablePath, args: [...args, '--disable-component-update'] })
  })
  afterAll(async () => {
    await browser?.close()
    if (folder !== undefined) await rm(folder, { recursive: true })
  })
  const url = (): string => String(pathToFileURL(join(folder, 'index.html')))
  const open = async (size: keyof typeof SIZES, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> => {
    const context = await browser.newContext({ viewport: SIZES[size], colorScheme })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.message))
    page.on('request', request => {
      if (!request.url().startsWith('file:')) complaints.push(`asks the network for ${request.url()}`)
    })
    await page.goto(url())
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
  }
  return { there: test.skipIf(executablePath === undefined), open, url }
}

/** What a person with a screen reader, or without good eyes, would stumble over. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const run = (): Promise<AxeResults> => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run()
  const { violations } = await page.evaluate(run)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** By how many pixels the page scrolls sideways, which it never should; wide tables do so in themselves. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement
    return scrollWidth - clientWidth
  })
}
