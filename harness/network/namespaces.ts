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
  readonly pid: number
  /** What a command line is preceded by to run there. */
  readonly enter: readonly string[]
  /** Runs a shell script there. @throws HarnessError ERR_NETWORK with its complaint */
  run(script: string): Promise<string>
  /** Starts a program that says `ready`, and ends with the namespace. */
  keep(command: readonly string[]): Promise<void>
}

/** Says that it is there, then waits for the end of its input. */
const HOLDER = ['sh', '-c', 'echo ready && exec cat']

/** One in which its maker is root, who needs no rights on the machine for it. @throws HarnessError ERR_NETWORK */
export function createNamespace(): Promise<Namespace> {
  return hold(['unshare', '-Urnm', ...HOLDER])
}

/** One that has the same root, so that devices can be put from one into the other. */
export function createSibling({ pid }: Namespace): Promise<Namespace> {
  return hold(['nsenter', '-t', String(pid), '-U', '-m', '--preserve-credentials', 'unshare', '-n', ...HOLDER])
}

async function hold(command: readonly string[]): Promise<Namespace> {
  const holder = await start(command)
  const kept: ChildProcess[] = []
  const pid = holder.pid as number
  const enter = ['nsenter', '-t', String(pid), '-U', '-n', '--preserve-credentials', '--']
  return {
    pid,
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
