import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bench } from './bench.ts'
import { parseOptions } from './options.ts'
import { assertResults } from './results.ts'

const root = resolve(import.meta.dirname, '..')
const P2PD = join(root, 'bin/p2pd')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-bench-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...words: string[]): Promise<{ code: number; text: string }> {
  let text = ''
  const code = await bench(parseOptions(words), {
    root,
    write: more => {
      text += more
    },
    onProgress() {},
    signal: new AbortController().signal,
  })
  return { code, text }
}

test('streams of two real daemons and of the bare relay are measured', async () => {
  const file = join(folder, 'results.json')
  const words = ['--quick', '--rounds', '1', '--only', 'open', '--json', file, '--subject', P2PD, '--baseline', P2PD]
  const { code, text } = await run(...words)
  expect(text).toContain('streams opened and echoed, 32 at once')
  expect(text).toContain(`subject: ${P2PD}`)
  expect(code).toBe(0)
  const results: unknown = JSON.parse(await readFile(file, 'utf8'))
  assertResults(results)
  expect(results.figures.map(({ name }) => name)).toEqual(['open-sequential', 'open-parallel'])
  for (const { results: measured } of results.figures) {
    expect(Object.keys(measured)).toEqual(['subject', 'baseline', 'ceiling'])
    for (const { values } of Object.values(measured)) expect(values).toEqual([expect.any(Number)])
  }
})

test('a daemon that cannot be measured is reported with its words', async () => {
  const words = ['--quick', '--rounds', '1', '--only', 'idle', '--subject', '/bin/false', '--baseline', P2PD]
  const { code, text } = await run(...words)
  expect(code).toBe(1)
  expect(text).toMatch(/^failed: idle-memory, subject: \/bin\/false -listen .* exited with code 1 before it was ready/m)
})

test('--list and --help', async () => {
  expect((await run('--list')).text).toContain('throughput-8-up: throughput, 8 streams to the listener\n')
  expect((await run('--help')).text).toContain('Usage: npm run bench')
})
