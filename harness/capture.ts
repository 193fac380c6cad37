import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from './errors.ts'
import { findExecutable } from './executable.ts'
import { type ProcessGroup, spawnGroup } from './process-group.ts'
import type { Player } from './scenario.ts'
import { until } from './until.ts'

export const CAPTURE_FILE = 'capture.pcap'

/** Milliseconds that tcpdump has to begin, and to write its last packets. */
const PATIENCE = 5_000

/** KiB for packets that tcpdump has yet to read: those of the loopback interface have up to 64 each. */
const BUFFER = '16384'

/**
 * Makes sure that packets can be captured at all, before a run that should.
 *
 * @throws HarnessError ERR_USAGE
 */
export async function assertCapture(): Promise<void> {
  if ((await findExecutable('tcpdump')) === undefined) {
    throw new HarnessError('ERR_USAGE', '--pcap needs tcpdump, which is not installed: apt-get install tcpdump')
  }
}

/** Where the packets of a cell pass by: an interface, and what a command line is preceded by to run where that is. */
export interface Tap {
  readonly enter: readonly string[]
  readonly networkInterface: string
}

/**
 * Captures what goes to and from the ports that the players listen on, until disposed of. Ports of other cells that run
 * at the same time are not in it.
 *
 * @throws HarnessError ERR_SPAWN, or ERR_DEADLINE when tcpdump does not begin, for want of the right to
 */
export async function capturePackets(
  folder: string,
  players: Iterable<Player>,
  { enter, networkInterface }: Tap,
): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true })
  const addresses = [...players].flatMap(({ addrs }) => addrs.flatMap(address => address.getComponents()))
  const ports = new Set(addresses.filter(({ name }) => name === 'tcp' || name === 'udp').map(({ value }) => value))
  const filter = ports.size === 0 ? 'less 0' : [...ports].map(port => `port ${port}`).join(' or ')
  // --immediate-mode and -U hand over and write each packet as it comes, -Z root keeps the file the user's own
  const command = [
    ...enter,
    'tcpdump',
    '-i',
    networkInterface,
    '--immediate-mode',
    '-B',
    BUFFER,
    '-U',
    '-Z',
    'root',
    '-w',
    join(folder, CAPTURE_FILE),
    filter,
  ]
  const group = await spawnGroup(command)
  try {
    await until(() => group.output.lines.some(({ text }) => text.includes('listening on')), {
      deadline: PATIENCE,
      what: `tcpdump to begin (it said: ${group.output.tail(1)})`,
    })
  } catch (error) {
    group.kill('SIGKILL')
    throw error
  }
  return {
    async [Symbol.asyncDispose]() {
      await settle(group)
      group.kill('SIGINT')
      const impatience = setTimeout(() => group.kill('SIGKILL'), PATIENCE)
      await group.exited.finally(() => clearTimeout(impatience))
    },
  }
}

/** Milliseconds between two looks at what has been captured. */
const LOOK = 50

/** Waits until what has passed by is written: what it has yet to read when it is ended, tcpdump throws away. */
async function settle(group: ProcessGroup): Promise<void> {
  let ended = false
  void group.exited.then(() => {
    ended = true
  })
  const reports = () => group.output.lines.filter(({ text }) => /\d+ packets? captured/.test(text))
  const isSettled = async (): Promise<boolean> => {
    const before = reports()
    group.kill('SIGUSR1')
    await until(() => ended || reports().length > before.length, { deadline: PATIENCE, what: 'tcpdump to report' })
    return ended || reports().at(-1)?.text === before.at(-1)?.text
  }
  // one with packets that never end is ended all the same
  await until(isSettled, { deadline: PATIENCE, interval: LOOK, what: 'the last packets' }).catch(() => undefined)
}
