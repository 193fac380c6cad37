import { expect, test } from 'vitest'
import { progressLine } from './progress.ts'

function capture(options: { isTTY?: boolean; columns?: number; rows?: number }) {
  const written: string[] = []
  return { written, progress: progressLine({ ...options, write: text => written.push(text) }) }
}

test('where lines cannot be written again, milestones are lines and details are left out', () => {
  const { written, progress } = capture({})
  progress.show('1/10', false, () => ['grid'])
  progress.show('5/10', true, () => ['grid'])
  progress.clear()
  expect(written).toEqual(['5/10\n'])
})

test('on a terminal the lines are cut to its width, and cleared before others', () => {
  const { written, progress } = capture({ isTTY: true, columns: 6, rows: 10 })
  progress.show('1/10 cells', false, ({ columns, rows }) => [`${columns}x${rows}`, 'second'])
  progress.show('done', true)
  progress.clear()
  expect(written).toEqual(['5x8\nsecon\n1/10 ', '\r\x1b[2A\x1b[J', 'done', '\r\x1b[J'])
})

test('no more lines than the terminal has', () => {
  const { written, progress } = capture({ isTTY: true, columns: 80, rows: 4 })
  progress.show('end', true, () => ['1', '2', '3', '4', '5'])
  expect(written).toEqual(['1\n2\nend'])
})
