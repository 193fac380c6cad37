import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { BenchDaemon } from './contestant.ts'

/** go's daemon would otherwise close all but 160. */
export const KEEP_ALL: readonly string[] = ['-connManager', '-connLo', '4000', '-connHi', '8000']

/** Connects so many peers, in a process of their own, to the daemon. */
export async function startCrowd({ id, addrs }: BenchDaemon, count: number): Promise<AsyncDisposable> {
  const args = [addrs[0] ?? '', id].map(bytes => Buffer.from(bytes).toString('hex'))
  const crowd = fork(join(import.meta.dirname, 'crowd.ts'), [...args, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(crowd, 'exit')
  await Promise.race([
    once(crowd, 'message'),
    exited.then(([code]) => {
      throw new Error(`the crowd ended with code ${code} before all were connected`)
    }),
  ])
  return {
    async [Symbol.asyncDispose]() {
      crowd.kill('SIGKILL')
      await exited
    },
  }
}
