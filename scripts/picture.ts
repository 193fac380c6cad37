import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { findExecutable } from '../harness/executable.ts'
import { defaultReport } from '../harness/options.ts'

/** Makes the README's pictures of the report of a run: `node scripts/picture.ts [folder]`. Needs Chromium. */

const root = resolve(import.meta.dirname, '..')
const SIZE = { width: 1100, height: 620 }

const executablePath = await findExecutable('chromium')
if (executablePath === undefined) throw new Error('chromium is not installed: apt-get install chromium')
const page = pathToFileURL(join(resolve(process.argv[2] ?? defaultReport(root)), 'index.html'))
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: SIZE, colorScheme })
    const opened = await context.newPage()
    await opened.goto(String(page))
    await opened.screenshot({ path: join(root, `docs/report-${colorScheme}.png`) })
    await context.close()
  }
} finally {
  await browser.close()
}
