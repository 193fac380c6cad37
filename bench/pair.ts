import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type BenchDaemon, type Contestant, connectDaemons, socketFolder, startDaemon } from './contestant.ts'
import { streamOpen, Wire } from './wire.ts'

const APPLICATION = join(import.meta.dirname, 'application.ts')

/** Two connected daemons: streams are opened at the first, and handed to an application by the second. */
export interface Pair extends AsyncDisposable {
  readonly near: BenchDaemon
  readonly far: BenchDaemon
  /** The process groups of both daemons. */
  readonly groups: readonly number[]
  /** Opens a stream to the application; what it asks for is in the protocol's name. */
  open(protocol: string): Promise<Wire>
}

/** Starts a pair; the bare relay is both of its daemons. */
export async function startPair(contestant: Contestant, signal: AbortSignal): Promise<Pair> {
  await using stack = new AsyncDisposableStack()
  const near = stack.use(await startDaemon(contestant, [], signal))
  const alone = contestant.role === 'ceiling'
  const far = alone ? near : stack.use(await startDaemon(contestant, [], signal))
  if (!alone) await connectDaemons(near, far)
  await startApplication(far, stack)
  const requests = new Map<string, Uint8Array>()
  const owned = stack.move()
  return {
    near,
    far,
    groups: [...new Set([near.pid, far.pid])],
    async open(protocol) {
      const request = requests.get(protocol) ?? streamOpen(far.id, protocol)
      requests.set(protocol, request)
      const wire = await Wire.connect(near.path)
      try {
        await wire.request(request)
      } catch (error) {
        await wire.close()
        throw error
      }
      return wire
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function startApplication({ path }: BenchDaemon, stack: AsyncDisposableStack): Promise<void> {
  const socket = join(await socketFolder(stack), 'application.sock')
  const process = fork(APPLICATION, [path, socket], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exited = once(process, 'exit')
  stack.defer(async () => {
    process.kill('SIGKILL')
    await exited
  })
  await Promise.race([
    once(process, 'message'),
    exited.then(([code]) => {
      throw new Error(`the application ended with code ${code} before it was ready`)
    }),
  ])
}
