import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createOutput } from './output.ts'

test('lines that nobody reads are dropped, and counted', async () => {
  const stream = new PassThrough()
  const write = createOutput(stream, ({ message }) => `${message}\n`)
  const line = `${'x'.repeat(999)}\n`
  for (let count = 0; count < 5_000; count++) write(line)
  expect(stream.writableLength).toBeLessThan(1.1 * 1024 * 1024)

  const read = text(stream)
  await expect.poll(() => stream.writableLength).toBe(0)
  write('after\n')
  stream.end()
  const lines = (await read).split('\n')
  expect(lines.slice(-3)).toEqual([
    `${5_000 - (lines.length - 3)} lines are missing here: nobody read the log`,
    'after',
    '',
  ])
})
