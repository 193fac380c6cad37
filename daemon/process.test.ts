import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

let child: ChildProcess | undefined
afterEach(() => child?.kill('SIGKILL'))

/** A process that handles signals, whose daemon stops as the script says; it writes its log's messages to standard output. */
async function start(stop: string, before = ''): Promise<ChildProcess> {
  const script = `
    ${before}
    const { handleSignals } = await import(${JSON.stringify(join(import.meta.dirname, 'process.ts'))})
    const say = text => process.stdout.write(text + '\\n')
    handleSignals(Promise.resolve({ stop: ${stop} }), { info: say, error: say })
    setInterval(() => {}, 60_000)
    say('ready')`
  child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  expect(await said()).toContain('ready')
  return child
}

const said = async (): Promise<string> =>
  String(await once((child as ChildProcess).stdout as NodeJS.EventEmitter, 'data'))

const ended = async (process: ChildProcess): Promise<unknown[]> => once(process, 'exit')

const HANGS = '() => new Promise(() => {})'

/** What makes the longest that an end may take last as long as is said, in ms. */
const patience = (ms: number): string => `
  const { setTimeout: later } = globalThis
  globalThis.setTimeout = (task, after) => later(task, after === 5_000 ? ${ms} : after)`

test('a daemon that cannot stop in order ends all the same, and at once', async () => {
  const process = await start("() => Promise.reject(new Error('no'))", patience(60_000))
  const end = ended(process)
  process.kill('SIGHUP')
  expect(await end).toEqual([129, null])
})

test('peers that do not answer hold the end up for five seconds, no longer', async () => {
  const process = await start(HANGS, patience(5))
  const end = ended(process)
  process.kill('SIGTERM')
  expect(await end).toEqual([143, null])
})

test.each(['SIGTERM', 'SIGINT'] as const)('who sends SIGTERM, then %s, waits no longer', async second => {
  const process = await start(HANGS)
  process.kill('SIGTERM')
  expect(await said()).toContain('stopping')
  const end = ended(process)
  process.kill(second)
  expect(await end).toEqual([{ SIGTERM: 143, SIGINT: 130 }[second], null])
})

test('SIGUSR1 and SIGUSR2 end nothing', async () => {
  const process = await start('async () => {}')
  process.kill('SIGUSR1')
  // there is nothing in this daemon to tell of
  expect(await said()).toContain('diagnostics failed')
  process.kill('SIGUSR2')
  process.kill('SIGUSR1')
  expect(await said()).toContain('diagnostics failed')
  const end = ended(process)
  process.kill('SIGTERM')
  expect(await end).toEqual([143, null])
})
