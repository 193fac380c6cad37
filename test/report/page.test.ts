import { expect } from 'vitest'
import { everyOutcome } from '../../reports/fixture.ts'
import { renderHtml } from '../../reports/html/page.ts'
import { barriers, overflow, providePage, SCREENS } from './browser.ts'

const FAILED = 'streams/echo/dialer:js/listener:go/tcp,noise,yamux'

const evidence = new Map([[FAILED, { 'timeline.log': 'dialer → CONNECT <script>alert(1)</script>' }]])
const histories = new Map([
  [FAILED, { outcomes: ['pass', 'fail'], firstBad: { startedAt: '2026-11-02', changed: ['go 1 → 2'] } } as const],
])
const { there, open, url } = providePage(renderHtml(everyOutcome, { evidence, histories }))

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
  await page.goto(`${url()}#${encodeURIComponent(FAILED)}`)
  await page.reload()
  await page.getByRole('dialog').getByText('failed to dial').first().waitFor()
})

there.for(SCREENS)('has no barriers, and fits: %s, %s', { timeout: 60_000 }, async ([size, scheme]) => {
  await using opened = await open(size, scheme)
  const { page } = opened
  for (const tab of ['By scenario', 'By pair', 'Failures', 'Implementations']) {
    await page.getByRole('tab', { name: tab }).click()
    expect(await barriers(page)).toEqual([])
  }
  await page.getByRole('tab', { name: 'Failures' }).click()
  await page.locator('#attention [data-path]').first().click()
  expect(await barriers(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
})
