import { expect } from 'vitest'
import { cellOf, everyOutcome } from '../../reports/fixture.ts'
import { renderHtml } from '../../reports/html/page.ts'
import type { Results } from '../../reports/results.ts'
import { barriers, overflow, providePage, SCREENS } from './browser.ts'

const FAULT = { failure: { what: 'the answer', expected: '1', got: '2 <script>alert(1)</script>' } }
const results: Results = {
  ...everyOutcome,
  cells: [
    ...everyOutcome.cells,
    cellOf('half-close', ['go', 'go'], 'xfail', { ...FAULT, reason: 'closes both <b>', evidence: 'evidence/x' }),
    ...['go', 'js', 'rust'].map(name => cellOf('upload', ['go', name], 'fail', FAULT)),
    ...['go', 'js', 'rust'].map(name => cellOf('upload', [name, 'go'], 'flaky', FAULT)),
  ],
}
const ALONE = 'streams/half-close/dialer:go/listener:go/tcp,noise,yamux'
const evidence = new Map([[ALONE, { 'timeline.log': 'dialer → STREAM_OPEN' }]])
const { there, open, url } = providePage(renderHtml(results, { evidence }))

there('an implementation has a page: versions, score, faults with evidence, and what it does not offer', async () => {
  await using opened = await open('desktop')
  const { page, complaints } = opened
  page.on('dialog', dialog => complaints.push(`ran ${dialog.message()}`))
  await page.locator('thead').getByRole('link', { name: 'go' }).first().click()
  const article = page.getByRole('article')
  await article.getByRole('heading', { name: 'Theirs 0.9.2' }).waitFor()
  expect(await page.getByRole('article').count()).toBe(1)
  expect(await article.getByRole('row', { name: /^streams/ }).textContent()).toBe('streams0/31/50/21/10')
  const text = await article.textContent()
  expect(text).toContain('closes both <b>')
  expect(text).toContain('go fails it with itself')
  expect(text).toContain('mplextoo old')
  await article.getByRole('button', { name: 'xfail streams/half-close, go → go' }).click()
  await page.getByRole('dialog').getByText('dialer → STREAM_OPEN').waitFor()
  await page.keyboard.press('Escape')
  expect(await article.isVisible()).toBe(true)
  expect(new URL(page.url()).hash).toBe('#implementation:go')
  expect(complaints).toEqual([])
})

there('is reached and left by keyboard, and by the browser’s ways back and forth', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  const title = page.getByRole('heading', { name: 'Theirs 0.9.2' })
  await page.getByRole('navigation').getByRole('link', { name: 'go' }).focus()
  await page.keyboard.press('Enter')
  await title.waitFor()
  expect(await title.evaluate(heading => heading.matches(':focus'))).toBe(true)
  await page.goBack()
  await title.waitFor({ state: 'hidden' })
  await page.goForward()
  await title.waitFor()
  await page.getByRole('link', { name: 'All implementations' }).press('Enter')
  await page.getByRole('link', { name: 'rust' }).last().press('Enter')
  await page.getByText('Not played: cargo is not installed', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'By scenario' }).click()
  expect(await page.getByRole('article').count()).toBe(0)
  await page.goto(`${url()}#implementation:js`)
  await page.reload()
  await page.getByRole('heading', { name: 'Ours 1.0.0' }).waitFor()
})

there('the cast of a cell leads to the pages of those who play it', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  await page.getByRole('button', { name: 'half-close, go → go: xfail' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'go' }).first().click()
  await page.getByRole('heading', { name: 'Theirs 0.9.2' }).waitFor()
  expect(await page.getByRole('dialog').isVisible()).toBe(false)
})

there('is copied as Markdown, whole or a fault by itself', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  // what the button does to the clipboard is the browser's business: what is asked for counts
  await page.addInitScript(() => {
    const asked = { writeText: async (text: string) => void Object.assign(globalThis, { copied: text }) }
    const { navigator } = globalThis as unknown as { navigator: object }
    Object.defineProperty(navigator, 'clipboard', { value: asked })
  })
  await page.goto(`${url()}#implementation:go`)
  await page.reload()
  const copied = () => page.evaluate(() => (globalThis as unknown as { copied: string }).copied)
  await page.getByRole('button', { name: 'Copy as Markdown', exact: true }).click()
  await page.locator('#told').getByText('Copied.').waitFor()
  expect(await copied()).toContain('# Theirs 0.9.2: libp2p interoperability')
  const fault = page.getByRole('region', { name: 'streams/half-close' }).first()
  await fault.getByRole('button', { name: 'Copy this fault' }).click()
  await expect.poll(copied).toMatch(/^### streams\/half-close/)
  expect(await copied()).toContain('dialer → STREAM_OPEN')
})

there('where the clipboard is kept from the page, it is copied the old way', async () => {
  await using opened = await open('desktop')
  const { page } = opened
  await page.addInitScript(() => {
    const { navigator } = globalThis as unknown as { navigator: object }
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
  await page.goto(`${url()}#implementation:go`)
  await page.reload()
  await page.getByRole('button', { name: 'Copy as Markdown', exact: true }).click()
  await page.locator('#told').getByText('Copied.').waitFor()
})

there.for(SCREENS)('has no barriers, and fits: %s, %s', { timeout: 60_000 }, async ([size, scheme]) => {
  await using opened = await open(size, scheme)
  const { page } = opened
  for (const name of ['go', 'js', 'rust']) {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    await page.locator(`#page-${name}`).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
  }
})
