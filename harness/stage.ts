import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerIdFromString } from '@libp2p/peer-id'
import { createClient } from '../bindings/typescript/index.ts'
import type { Cell } from './cell.ts'
import { HarnessError } from './errors.ts'
import type { Evidence } from './evidence.ts'
import { type DaemonFlags, formatFlags } from './flags.ts'
import type { Implementation } from './implementation.ts'
import type { Plan } from './plan.ts'
import { type DaemonProcess, type LaunchOptions, launch } from './process.ts'
import { roleFlags, startsLate } from './role-flags.ts'
import type { CheckContext, Player, Scenario } from './scenario.ts'
import { DEFAULT_STACK, type Stack as Protocols } from './stack.ts'
import { CheckFailure, succeeds } from './verify.ts'

/** Seconds that a daemon has to say who it is, once it has said that it is ready. */
const INTRODUCTION = 10

/** The daemons of a cell, running, with a client each; all of it gone when it is disposed of. */
export interface Stage extends AsyncDisposable {
  readonly context: Omit<CheckContext, 'signal'>
  /** What to say of a daemon that is no longer running. */
  obituary(): Error | undefined
}

/** What a stage is set for, and where it leaves what it is told to keep. */
export interface Production {
  readonly cell: Cell
  readonly scenario: Scenario
  readonly plan: Plan
  readonly evidence: Evidence
  /** Takes the command line of each role's daemon. */
  readonly commands: Record<string, string>
}

/**
 * Starts the daemons of a cell.
 *
 * @throws CheckFailure when one does not start; HarnessError when there is nothing that could be started
 */
export async function setStage({ cell, scenario, plan, evidence, commands }: Production): Promise<Stage> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-cell-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const roles = Object.keys(cell.cast)
  const players: Record<string, Player> = {}
  const deaths: Error[] = []
  let ending = false

  const start = async (role: string, index: number): Promise<void> => {
    const { command } = plan.implementations.find(({ name }) => name === cell.cast[role]) as Implementation
    const args = formatFlags({
      listen: `/unix${folder}/${role}.sock`,
      ...identityFlags(cell.stack, plan, index),
      ...roleFlags(role, cell, scenario, players),
    })
    commands[role] = [...command, ...args].join(' ')
    const daemon = stack.use(await launchAs(role, { command, args, onOutput: evidence.output(role) }))
    void daemon.exited.then(({ code, signal }) => {
      if (!ending) deaths.push(new CheckFailure(`the ${role}`, 'a daemon that keeps running', `exit ${signal ?? code}`))
    })
    const client = stack.use(
      createClient(daemon.controlAddress, {
        observer: evidence.observer(role),
        onHandlerError: evidence.handlerError(role),
      }),
    )
    players[role] = await introduce(role, daemon, client)
  }

  const late = (role: string): boolean => startsLate(role, cell, scenario)
  // all starts have an end before one that failed is reported: no daemon arrives on a stage that is gone
  const started = await Promise.allSettled(roles.map((role, index) => (late(role) ? undefined : start(role, index))))
  for (const outcome of started) if (outcome.status === 'rejected') throw outcome.reason
  for (const [index, role] of roles.entries()) if (late(role)) await start(role, index)

  const strangers = Object.fromEntries(
    Object.entries(plan.identities.strangers).map(([type, id]) => [type, peerIdFromString(id)]),
  ) as unknown as CheckContext['strangers']
  stack.defer(() => {
    ending = true
  })
  const owned = stack.move()
  return {
    context: { players: inOrder(roles, players), strangers },
    obituary: () => deaths[0],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** A key file where the kind of key matters; otherwise daemons make their own. */
function identityFlags({ key }: Protocols, { identities }: Plan, index: number): DaemonFlags {
  return key === DEFAULT_STACK.key ? {} : { id: identities.files[key][index] as string }
}

/** The players by role as the scenario lists them: checks of networks go through them in this order. */
function inOrder(roles: readonly string[], players: Readonly<Record<string, Player>>): Record<string, Player> {
  return Object.fromEntries(roles.map(role => [role, players[role] as Player]))
}

/** Starts a daemon; that it cannot be started is a verdict on it, unless there is nothing that could be started. */
async function launchAs(role: string, options: LaunchOptions): Promise<DaemonProcess> {
  try {
    return await launch(options)
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code === 'ERR_SPAWN') throw error
    throw new CheckFailure(`the ${role}’s start`, 'a running daemon', error.message, { cause: error })
  }
}

async function introduce(role: string, daemon: DaemonProcess, client: Player['client']): Promise<Player> {
  const identified = client.identify({ signal: AbortSignal.timeout(INTRODUCTION * 1_000) })
  const { peer, addrs } = await succeeds(`the ${role}’s first IDENTIFY`, identified)
  return { client, peer, addrs, printedPeerId: daemon.peerId, printedAddrs: daemon.printedAddrs }
}
