import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from '../../harness/implementation.ts'
import { loadManifest } from '../../harness/manifest.ts'
import { type DaemonProcess, launch } from '../../harness/process.ts'

/** The daemons that clients of others are tried on. */

export const ROOT = join(import.meta.dirname, '../..')

/** Builds on a cold machine download a toolchain and compile. */
export const BUILD_TIMEOUT = 300_000

/** A daemon to try a client on: this repository's, and go's own, which says whether a test asks the right thing. */
export const SUBJECTS = ['js', 'go'] as const
export type Subject = (typeof SUBJECTS)[number]

/** What a subject is called in the titles of tests. */
export const SUBJECT_TITLES: Readonly<Record<Subject, string>> = { js: 'this daemon', go: 'go-libp2p-daemon' }

/**
 * The command line of a subject, built if need be.
 *
 * @throws Error when this machine cannot build it
 */
export async function subjectCommand(name: Subject): Promise<readonly string[]> {
  const implementation = await prepare(await loadManifest(join(ROOT, 'implementations'), name), {
    signal: AbortSignal.timeout(BUILD_TIMEOUT),
  })
  if (implementation.status === 'missing') throw new Error(implementation.reason)
  return implementation.command
}

/** The control sockets that every client is tried over. */
export const CONTROL_SOCKETS = ['Unix', 'TCP'] as const
export type ControlSocket = (typeof CONTROL_SOCKETS)[number]

/** Everything that a client may ask for is switched on. */
const SERVER = ['-dhtServer', '-pubsub']
/** A trim leaves one connection, and none happens by itself. It has no DHT, which would protect peers from it. */
const TRIMMER = ['-connManager', '-connLo', '1', '-connHi', '100', '-connGrace', '0s']

const FLAGS: Readonly<Record<string, readonly string[]>> = { A: SERVER, B: SERVER, C: SERVER, D: TRIMMER }

/** Daemons that know nothing of each other. */
export interface Network extends AsyncDisposable {
  /** Their control addresses as `P2PD_A` to `P2PD_D`, for a client's program. */
  readonly env: Readonly<Record<string, string>>
  readonly daemons: readonly DaemonProcess[]
}

/** Starts the network that the clients' programs expect. */
export async function startNetwork(command: readonly string[], socket: ControlSocket): Promise<Network> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-clients-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const starting = Object.entries(FLAGS).map(async ([name, flags]) => {
    const listen = socket === 'Unix' ? `/unix${folder}/${name}.sock` : '/ip4/127.0.0.1/tcp/0'
    const args = ['-listen', listen, '-hostAddrs', '/ip4/127.0.0.1/tcp/0', ...flags]
    return [name, stack.use(await launch({ command, args }))] as const
  })
  // all of them, so that none is left behind when another cannot be started
  const outcomes = await Promise.allSettled(starting)
  const daemons = outcomes.map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  const env = Object.fromEntries(daemons.map(([name, { controlAddress }]) => [`P2PD_${name}`, controlAddress]))
  const owned = stack.move()
  return { env, daemons: daemons.map(([, daemon]) => daemon), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
