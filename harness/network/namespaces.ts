import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HarnessError } from '../errors.ts'

/**
 * A network namespace, held open by a process that ends with its standard input, and so with this process, however that
 * ends: whatever was made in it goes with it, and nothing on the machine's own network is ever touched.
 */
export interface Namespace extends AsyncDisposable {
  /** Of a process in it. */
  readonly pid: number
  readonly rights: Rights
  /** What a command line is preceded by to run there. */
  readonly enter: readonly string[]
  /** Runs a shell script there. @throws HarnessError ERR_NETWORK with its complaint */
  run(script: string): Promise<string>
  /** Starts a program that says `ready`, and ends with the namespace. */
  keep(command: readonly string[]): Promise<void>
}

/**
 * Whose the namespaces of a network are: of a root that exists only there, which anybody can make, or of the machine's,
 * to which those of containers belong. Devices go only between namespaces of the same owner.
 */
export type Rights = 'own' | 'machine'

/** Says that it is there, then waits for the end of its input. */
const HOLDER = ['sh', '-c', 'echo ready && exec cat']

/** One in which its maker is root, who needs no rights on the machine for `own`. @throws HarnessError ERR_NETWORK */
export function createNamespace(rights: Rights): Promise<Namespace> {
  return hold(['unshare', rights === 'own' ? '-Urnm' : '-n', ...HOLDER], rights)
}

/** One that has the same root, so that devices can be put from one into the other. */
export function createSibling({ pid, rights }: Namespace): Promise<Namespace> {
  if (rights === 'machine') return createNamespace(rights)
  return hold(['nsenter', '-t', String(pid), '-U', '-m', '--preserve-credentials', 'unshare', '-n', ...HOLDER], rights)
}

/**
 * Starts the process that holds a namespace open until the end of its input.
 *
 * @param command it says `ready` once it is in there
 * @param find gives the pid by which the namespace is entered, when the process that was started is not in it itself
 * @throws HarnessError ERR_NETWORK; what find throws
 */
export async function hold(
  command: readonly string[],
  rights: Rights,
  find?: () => Promise<number>,
): Promise<Namespace> {
  const holder = await start(command)
  const kept: ChildProcess[] = []
  const pid = await (find?.() ?? Promise.resolve(holder.pid as number)).catch(async error => {
    await end(holder)
    throw error
  })
  const owner = rights === 'own' ? ['-U', '--preserve-credentials'] : []
  const enter = ['nsenter', '-t', String(pid), '-n', ...owner, '--']
  return {
    pid,
    rights,
    enter,
    run: script => runScript([...enter, 'sh', '-ec', script]),
    async keep(words) {
      kept.push(await start([...enter, ...words]))
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...kept, holder].map(end))
    },
  }
}

/** Starts a process and waits until it says `ready`. */
async function start([file, ...args]: readonly string[]): Promise<ChildProcess> {
  // in a session of its own: the terminal's Ctrl-C is for the harness, which then ends it
  const child = spawn(file as string, args, { stdio: 'pipe', detached: true })
  let said = ''
  const ready = Promise.withResolvers<void>()
  child.stdout.on('data', chunk => {
    said += chunk
    if (said.includes('ready\n')) ready.resolve()
  })
  child.stderr.on('data', chunk => {
    said += chunk
  })
  child.stdin.on('error', () => {})
  child.once('error', error => ready.reject(failure(file as string, error.message)))
  child.once('close', () => ready.reject(failure(args.join(' '), said.trim())))
  await ready.promise
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.stdin?.end()
  const impatience = setTimeout(() => child.kill('SIGKILL'), IMPATIENCE)
  await ended
  clearTimeout(impatience)
}

const IMPATIENCE = 2_000

function runScript([file, ...args]: readonly string[]): Promise<string> {
  // iptables' lock belongs to the machine's root
  const env = { ...process.env, XTABLES_LOCKFILE: join(tmpdir(), 'xtables.lock') }
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  execFile(file as string, args, { env }, (error, stdout, stderr) => {
    if (error === null) resolve(stdout)
    else reject(failure(String(args.at(-1)), stderr.trim() || error.message))
  })
  return promise
}

function failure(what: string, said: string): HarnessError {
  return new HarnessError('ERR_NETWORK', `a network of namespaces: ${what}: ${said}`)
}
