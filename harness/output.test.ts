import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { Output, type OutputLine } from './output.ts'

/** Everything that was handed out, and what is kept, of these chunks. */
async function collect(chunks: Iterable<string | Uint8Array>) {
  const seen: OutputLine[] = []
  const output = new Output(line => seen.push(line))
  const stream = new PassThrough()
  output.collect(stream, 'stdout')
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await once(stream, 'close')
  return { output, seen }
}

test('lines are cut at their ends, wherever the chunks are', async () => {
  const euro = Buffer.from('€')
  const { output, seen } = await collect(['one\ntw', 'o\r\n\n', euro.subarray(0, 1), euro.subarray(1), ' unended'])
  expect(output.lines.map(({ text }) => text)).toEqual(['one', 'two', '', '€ unended'])
  expect(seen).toEqual(output.lines)
  expect(output.tail(2)).toBe('\n€ unended')
})

test('lines know their stream and when they came', async () => {
  const before = Date.now() - 1
  const { output } = await collect(['one\n'])
  const [line] = output.lines
  expect(line?.stream).toBe('stdout')
  expect(line?.at).toBeGreaterThan(before)
  expect(line?.at).toBeLessThan(Date.now() + 1)
})

test('of a flood only the latest is kept, and all of it handed out', async () => {
  const count = 40_000
  const { output, seen } = await collect(Array.from({ length: count }, (_, index) => `${String(index).padStart(99)}\n`))
  const size = output.lines.reduce((sum, { text }) => sum + text.length + 1, 0)
  expect(size).toBeLessThanOrEqual(1024 * 1024)
  expect(size).toBeGreaterThan(400_000)
  expect(output.tail(1).trim()).toBe(`${count - 1}`)
  expect(seen).toHaveLength(count)
})

test('a line that does not end is cut', async () => {
  const { output } = await collect(['x'.repeat(100_000)])
  expect(output.lines.map(({ text }) => text.length)).toEqual([65_536, 34_464])
})

test('the gist is the first lines and the last, without the empty ones', async () => {
  const { output } = await collect(Array.from({ length: 20 }, (_, index) => `${index}\n\n`))
  expect(output.gist()).toBe(['0', '1', '2', '3', '4', '… 10 lines more …', '15', '16', '17', '18', '19'].join('\n'))
})
