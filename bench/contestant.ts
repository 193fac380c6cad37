import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../harness/process.ts'
import { encode, Request, type Response } from '../proto/codec.ts'
import { IDENTIFY, Wire } from './wire.ts'

/** A daemon that is measured. */
export interface Contestant {
  readonly role: 'subject' | 'baseline' | 'ceiling'
  readonly title: string
  /** The program and the words that belong to it; flags follow. */
  readonly command: readonly string[]
}

/** A running daemon of a contestant. */
export interface BenchDaemon extends AsyncDisposable {
  /** Its process group. */
  readonly pid: number
  /** Its control socket. */
  readonly path: string
  readonly id: Uint8Array
  readonly addrs: readonly Uint8Array[]
  /**
   * Asks on a connection of its own.
   *
   * @throws Error with the daemon's words when it answers with an error
   */
  ask(request: Request): Promise<Response>
}

/** What daemons have in common here: they listen on loopback alone. */
export function daemonArgs(path: string): string[] {
  return ['-listen', `/unix${path}`, '-hostAddrs', '/ip4/127.0.0.1/tcp/0']
}

/** A folder for sockets, removed with the stack. */
export async function socketFolder(stack: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-bench-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Starts one daemon, with these flags as well. */
export async function startDaemon(
  { command }: Contestant,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<BenchDaemon> {
  await using stack = new AsyncDisposableStack()
  const path = join(await socketFolder(stack), 'control.sock')
  const { pid } = stack.use(await launch({ command, args: [...daemonArgs(path), ...flags], signal }))
  const identify = (await ask(path, IDENTIFY)).identify
  const owned = stack.move()
  return {
    pid,
    path,
    id: identify?.id ?? new Uint8Array(0),
    addrs: identify?.addrs ?? [],
    ask: request => ask(path, encode(Request, request)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Connects one daemon to the other. */
export async function connectDaemons(from: BenchDaemon, to: BenchDaemon): Promise<void> {
  const connect = { peer: to.id, addrs: [...to.addrs], timeout: 30 }
  await from.ask({ type: Request.Type.CONNECT, connect })
}

async function ask(path: string, frame: Uint8Array): Promise<Response> {
  const wire = await Wire.connect(path)
  try {
    return await wire.request(frame)
  } finally {
    await wire.close()
  }
}
