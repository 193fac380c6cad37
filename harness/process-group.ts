import { type ChildProcess, spawn } from 'node:child_process'
import { HarnessError } from './errors.ts'
import { Output, type OutputLine } from './output.ts'

export interface SpawnOptions {
  readonly cwd?: string | undefined
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Kills the whole group, at any time of its life. */
  readonly signal?: AbortSignal | undefined
  readonly onOutput?: ((line: OutputLine) => void) | undefined
}

/** How a process ended: with a code, or by a signal. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process with all its descendants: what is started as one is stopped as one. */
export interface ProcessGroup {
  /** The group's id, and its first process's. */
  readonly pid: number
  readonly output: Output
  /** Settled when the first process has ended, the others have been killed, and all output has been read. */
  readonly exited: Promise<Exit>
  /** Signals every process of the group; does nothing after the first one has ended. */
  kill(signal: NodeJS.Signals): void
}

/** The groups to be killed should this process end before they do. */
const running = new Set<number>()

/** How long a descendant that left the group may hold the output open after the first process's end. */
const DRAIN_TIME = 1_000

/**
 * Starts a command in a process group of its own, without input.
 *
 * @throws HarnessError ERR_SPAWN; the signal's reason
 */
export async function spawnGroup(command: readonly string[], options: SpawnOptions = {}): Promise<ProcessGroup> {
  const { cwd, env, signal, onOutput } = options
  signal?.throwIfAborted()
  sweepAtExit()
  const [file, ...args] = command as [string, ...string[]]
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = new Output(onOutput)
  output.collect(child.stdout, 'stdout')
  output.collect(child.stderr, 'stderr')

  const pid = await spawned(child, file)
  running.add(pid)
  const kill = (name: NodeJS.Signals): void => {
    if (running.has(pid)) signalGroup(pid, name)
  }
  const abort = (): void => kill('SIGKILL')
  signal?.addEventListener('abort', abort, { once: true })
  const exited = new Promise<Exit>(resolve => {
    child.once('exit', () => {
      kill('SIGKILL')
      running.delete(pid)
      signal?.removeEventListener('abort', abort)
      const drained = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, DRAIN_TIME)
      child.once('close', () => clearTimeout(drained))
    })
    child.once('close', (code, name) => resolve({ code, signal: name }))
  })
  return { pid, output, exited, kill }
}

/** Says how a process ended, as it reads after the process's name. */
export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exited with code ${exit.code}` : `was killed by ${exit.signal}`
}

async function spawned(child: ChildProcess, file: string): Promise<number> {
  if (child.pid !== undefined) return child.pid
  const cause = await new Promise<Error>(resolve => child.once('error', resolve))
  throw new HarnessError('ERR_SPAWN', `cannot start ${file}: ${cause.message}`, { cause })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

let sweeping = false

/**
 * Makes sure, from the first start on, that no group outlives this process.
 *
 * A group of its own gets no Ctrl-C from the terminal, and a signal's default action ends a process without its exit
 * event: so those signals are caught, unless somebody else handles them and thereby decides when the process exits.
 */
function sweepAtExit(): void {
  if (sweeping) return
  sweeping = true
  const sweep = (): void => {
    for (const pid of running) signalGroup(pid, 'SIGKILL')
  }
  process.on('exit', sweep)
  // in a worker: whoever forked it is gone, and nobody will stop what it has started
  process.once('disconnect', () => process.exit(1))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const die = (): void => {
      if (process.listenerCount(signal) > 1) return
      sweep()
      process.removeListener(signal, die)
      process.kill(process.pid, signal)
    }
    process.on(signal, die)
  }
}
