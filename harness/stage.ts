import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerIdFromString } from '@libp2p/peer-id'
import { ClientError, createClient } from '../bindings/typescript/index.ts'
import type { Tap } from './capture.ts'
import type { Cell } from './cell.ts'
import { holdContainer } from './container/host.ts'
import type { Evidence } from './evidence.ts'
import { type DaemonFlags, formatFlags, knownFlags } from './flags.ts'
import type { Implementation } from './implementation.ts'
import { buildNetwork, type NetworkControls } from './network/network.ts'
import { findPlace, harnessHost, relocate } from './place.ts'
import type { Plan } from './plan.ts'
import { type DaemonProcess, LaunchError, READY_WITHIN } from './process.ts'
import { launchWith } from './refusal.ts'
import { roleFlags, startsLate } from './role-flags.ts'
import type { CheckContext, Player, Scenario } from './scenario.ts'
import { DEFAULT_STACK, type Stack as Protocols } from './stack.ts'
import { until } from './until.ts'
import { CheckFailure } from './verify.ts'

/** Seconds that a daemon has to say who it is, once it has said that it is ready. */
const INTRODUCTION = 10

/** What a run with less patience still leaves of the time that a daemon has to start: some must, and the machine is busy. */
const LEAST_PATIENCE = 0.4

/** Milliseconds in which a daemon that has dropped its connections may turn out to have ended. */
const DYING = 2_000

/** The daemons of a cell, running, with a client each; all of it gone when it is disposed of. */
export interface Stage extends AsyncDisposable {
  readonly context: Omit<CheckContext, 'signal'>
  /** Where its packets pass by. */
  readonly tap: Tap
  /** What to say of a daemon that is no longer running; an error may be the first sign that one is ending. */
  obituary(error?: unknown): Promise<Error | undefined>
}

/** What a stage is set for, and where it leaves what it is told to keep. */
export interface Production {
  readonly cell: Cell
  readonly scenario: Scenario
  readonly plan: Plan
  readonly evidence: Evidence
  /** Takes the command line of each role's daemon. */
  readonly commands: Record<string, string>
  /** Kills the daemons, whatever they are at. */
  readonly signal: AbortSignal
}

/**
 * Starts the daemons of a cell.
 *
 * @throws CheckFailure when one does not start; HarnessError when there is nothing that could be started
 */
export async function setStage({
  cell,
  scenario,
  plan,
  evidence,
  commands,
  signal: interrupted,
}: Production): Promise<Stage> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-cell-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const roles = Object.keys(cell.cast)
  const players: Record<string, Player> = {}
  const deaths: Error[] = []
  const find = (role: string): Implementation =>
    plan.implementations.find(({ name }) => name === cell.cast[role]) as Implementation
  const makeHost = (role: string) =>
    find(role).image === undefined || plan.site === undefined ? undefined : holdContainer(plan.site)
  const network =
    cell.topology &&
    stack.use(await buildNetwork(cell.topology, plan.network as NonNullable<Plan['network']>, makeHost))
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, interrupted])
  let ending = false

  const patience = Math.max(plan.patience, LEAST_PATIENCE)
  const readyWithin = patience < 1 ? { readyWithin: READY_WITHIN * patience } : {}
  const late = (role: string): boolean => startsLate(role, cell, scenario)
  const start = async (role: string, index: number): Promise<void> => {
    const implementation = find(role)
    const place = stack.use(findPlace(implementation, network?.hosts[role], plan.site))
    const { host, command } = place
    const flags = {
      listen: plan.control === 'tcp' ? `/ip4/${host}/tcp/0` : `/unix${folder}/${role}.sock`,
      ...identityFlags(cell.stack, plan, index),
      ...roleFlags(role, cell, scenario, players),
    }
    const launching = launchWith(implementation, flags, told => {
      const args = formatFlags(knownFlags(relocate(told, host), implementation.unsupported))
      commands[role] = [...command, ...args].join(' ')
      return place.launch({ command, args, onOutput: evidence.output(role), signal, ...readyWithin })
    })
    const daemon = stack.use(await launched(role, late(role), launching))
    void daemon.exited.then(({ code, signal }) => {
      const exit = `exit ${signal ?? code}`
      if (!ending) deaths.push(new CheckFailure(`the ${role}`, 'a daemon that keeps running', exit, { role }))
    })
    const client = stack.use(
      createClient(daemon.controlAddress, {
        observer: evidence.observer(role),
        onHandlerError: evidence.handlerError(role),
        oneRequestPerConnection: implementation.oneRequestPerConnection,
      }),
    )
    const timeout = AbortSignal.timeout(INTRODUCTION * 1_000 * patience)
    players[role] = await introduce(role, daemon, client, AbortSignal.any([signal, timeout]))
  }

  const early = roles.map((role, index) =>
    late(role) ? undefined : start(role, index).catch(error => failed.abort(error)),
  )
  // all starts have an end before one that failed is reported: no daemon arrives on a stage that is gone
  await Promise.all(early)
  signal.throwIfAborted()
  for (const [index, role] of roles.entries()) if (late(role)) await start(role, index)

  const strangers = Object.fromEntries(
    Object.entries(plan.identities.strangers).map(([type, id]) => [type, peerIdFromString(id)]),
  ) as unknown as CheckContext['strangers']
  stack.defer(() => {
    ending = true
  })
  const owned = stack.move()
  return {
    context: {
      players: inOrder(roles, players),
      host: harnessHost(plan.site),
      network: network ?? NO_NETWORK,
      strangers,
    },
    tap: network
      ? { enter: network.middle.enter, networkInterface: 'any' }
      : { enter: [], networkInterface: plan.site?.network?.bridge ?? 'lo' },
    async obituary(error) {
      const ending = { deadline: isLostConnection(error) ? DYING : 0, what: 'a daemon’s end' }
      return until(() => deaths[0], ending).catch(() => undefined)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const withoutNetwork = (): never => {
  throw new TypeError('this check has no topology, and so no network')
}

const NO_NETWORK: NetworkControls = {
  hosts: {},
  cut: withoutNetwork,
  addAddress: withoutNetwork,
  changeAddress: withoutNetwork,
}

/** Whether an error is, or comes of, a control connection that was lost or could not be made. */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof ClientError) return error.code === 'ERR_CONNECTION_CLOSED' || error.code === 'ERR_CONNECT'
  return error instanceof Error && error.cause !== undefined && isLostConnection(error.cause)
}

/** A key file where the kind of key matters; otherwise daemons make their own. */
function identityFlags({ key }: Protocols, { identities }: Plan, index: number): DaemonFlags {
  return key === DEFAULT_STACK.key ? {} : { id: identities.files[key][index] as string }
}

/** The players by role as the scenario lists them: checks of networks go through them in this order. */
function inOrder(roles: readonly string[], players: Readonly<Record<string, Player>>): Record<string, Player> {
  return Object.fromEntries(roles.map(role => [role, players[role] as Player]))
}

/**
 * Waits for a daemon to start; that it does not is a verdict on it, unless there is nothing that could be started.
 *
 * @param late it was told of others, who may be to blame as well
 */
async function launched(role: string, late: boolean, daemon: Promise<DaemonProcess>): Promise<DaemonProcess> {
  try {
    return await daemon
  } catch (cause) {
    if (!(cause instanceof LaunchError)) throw cause
    const options = { cause, ...(!late && { role }) }
    throw new CheckFailure(`the ${role}’s start`, 'a running daemon', cause.reason, options)
  }
}

/** Has a daemon say who it is. One that does not say the same as at its start cannot play at all. */
async function introduce(
  role: string,
  daemon: DaemonProcess,
  client: Player['client'],
  signal: AbortSignal,
): Promise<Player> {
  const what = `the ${role}’s first IDENTIFY`
  const { peer, addrs } = await client.identify({ signal }).catch(cause => {
    const got = (cause as Error).name === 'TimeoutError' ? 'silence' : (cause as Error).message
    throw new CheckFailure(what, 'its peer id and addresses', got, { cause, role })
  })
  if (`${peer}` !== daemon.peerId)
    throw new CheckFailure(what, `the peer id that it printed, ${daemon.peerId}`, `${peer}`, { role })
  return { client, peer, addrs, printedPeerId: daemon.peerId, printedAddrs: daemon.printedAddrs }
}
