import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type DaemonClient, type PeerAddresses } from '../../bindings/typescript/index.ts'
import { type DaemonProcess, launch } from '../../harness/process.ts'

export const ROOT = join(import.meta.dirname, '../..')
export const P2PD = join(ROOT, 'bin/p2pd')

/** A daemon of this repository, running in a process of its own, and a client of it. */
export interface TestDaemon extends AsyncDisposable, PeerAddresses {
  readonly process: DaemonProcess
  readonly client: DaemonClient
  /** A folder that goes with the daemon. */
  readonly folder: string
}

/** Starts `bin/p2pd` on a Unix control socket of its own, or where `-listen` among the arguments says. */
export async function startDaemon(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<TestDaemon> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-test-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const listen = ['-listen', `/unix${folder}/control.sock`, '-hostAddrs', '/ip4/127.0.0.1/tcp/0']
  const process = stack.use(await launch({ command: [P2PD], args: [...listen, ...args], env }))
  const client = stack.use(createClient(process.controlAddress))
  const { peer, addrs } = await client.identify()
  const owned = stack.move()
  return { process, client, peer, addrs, folder, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
