import { HarnessError } from './errors.ts'
import type { Output, OutputLine } from './output.ts'
import { describeExit, type Exit, type ProcessGroup, spawnGroup } from './process-group.ts'

export interface LaunchOptions {
  /** The program and the words that belong to it, as an implementation gives them. */
  readonly command: readonly string[]
  /** The daemon's flags; not `-q`, which silences the lines that say where it is. */
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Kills the daemon, at any time of its life. */
  readonly signal?: AbortSignal
  readonly onOutput?: (line: OutputLine) => void
  /** Milliseconds until it must have said where it is. */
  readonly readyWithin?: number
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly stopWithin?: number
}

/** A daemon that runs and has said where it can be reached. */
export interface DaemonProcess extends AsyncDisposable {
  readonly pid: number
  /** The control socket's multiaddr as the daemon printed it, with the real port. */
  readonly controlAddress: string
  readonly peerId: string
  /** The listen addresses that it has printed so far; nothing tells where their list ends, so look again or IDENTIFY. */
  readonly printedAddrs: readonly string[]
  readonly output: Output
  /** Settled at its end, whoever caused it. */
  readonly exited: Promise<Exit>
  /** Asks it to end by SIGTERM, makes it end by SIGKILL; says how it ended, also when it already had. */
  stop(): Promise<Exit>
}

/** Milliseconds until a daemon must have said where it is, unless told otherwise. */
export const READY_WITHIN = 15_000
const DEFAULT_STOP_WITHIN = 5_000

/**
 * Starts a daemon and waits for its start-up lines.
 *
 * @throws HarnessError ERR_SPAWN, ERR_LAUNCH_EXITED, ERR_LAUNCH_TIMEOUT; the signal's reason. It is dead by then.
 */
export async function launch(options: LaunchOptions): Promise<DaemonProcess> {
  const { command, args, stopWithin = DEFAULT_STOP_WITHIN, onOutput, signal, ...rest } = options
  const banner = new Banner()
  const group = await spawnGroup([...command, ...args], {
    ...rest,
    signal,
    onOutput: line => {
      if (line.stream === 'stdout') banner.read(line.text)
      onOutput?.(line)
    },
  })
  const { controlAddress, peerId } = await waitForBanner(banner, group, options)
  const stop = async (): Promise<Exit> => {
    group.kill('SIGTERM')
    const impatience = setTimeout(() => group.kill('SIGKILL'), stopWithin)
    return group.exited.finally(() => clearTimeout(impatience))
  }
  return {
    pid: group.pid,
    controlAddress,
    peerId,
    printedAddrs: banner.addresses,
    output: group.output,
    exited: group.exited,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

async function waitForBanner(banner: Banner, group: ProcessGroup, options: LaunchOptions): Promise<StartUp> {
  const { command, args, signal, readyWithin = READY_WITHIN } = options
  const fail = Promise.withResolvers<never>()
  const failed = (code: 'ERR_LAUNCH_EXITED' | 'ERR_LAUNCH_TIMEOUT', what: string): void => {
    fail.reject(new LaunchError(code, [...command, ...args], what, group.output))
  }
  const timer = setTimeout(
    () => failed('ERR_LAUNCH_TIMEOUT', `no control socket, peer id and addresses printed in ${readyWithin} ms`),
    readyWithin,
  )
  void group.exited.then(exit => failed('ERR_LAUNCH_EXITED', `${describeExit(exit)} before it was ready`))
  try {
    return await Promise.race([banner.complete, fail.promise])
  } catch (error) {
    group.kill('SIGKILL')
    await group.exited
    signal?.throwIfAborted()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A daemon that did not get as far as saying where it is. */
export class LaunchError extends HarnessError {
  /** What happened, and what it had to say, without the command line. */
  readonly reason: string
  readonly output: Output

  constructor(code: 'ERR_LAUNCH_EXITED' | 'ERR_LAUNCH_TIMEOUT', command: string[], what: string, output: Output) {
    const said = output.gist()
    const reason = said === '' ? `${what}; it said nothing` : `${what}; it said:\n${said}`
    super(code, `${command.join(' ')}: ${reason}`)
    this.reason = reason
    this.output = output
  }
}

interface StartUp {
  readonly controlAddress: string
  readonly peerId: string
}

/** The lines that every p2pd starts with: `Control socket: …`, `Peer ID: …`, `Peer Addrs:`, then an address a line. */
class Banner {
  readonly addresses: string[] = []
  #controlAddress: string | undefined
  #peerId: string | undefined
  #listing = false
  readonly #complete = Promise.withResolvers<StartUp>()

  /** Resolved at the line that starts the list of addresses, by when the daemon is up. */
  get complete(): Promise<StartUp> {
    return this.#complete.promise
  }

  read(line: string): void {
    if (this.#listing) {
      if (line.startsWith('/')) this.addresses.push(line)
      return
    }
    this.#controlAddress ??= after('Control socket: ', line)
    this.#peerId ??= after('Peer ID: ', line)
    if (line.startsWith('Peer Addrs:') && this.#controlAddress !== undefined && this.#peerId !== undefined) {
      this.#listing = true
      this.#complete.resolve({ controlAddress: this.#controlAddress, peerId: this.#peerId })
    }
  }
}

function after(prefix: string, line: string): string | undefined {
  return line.startsWith(prefix) ? line.slice(prefix.length).trim() : undefined
}
