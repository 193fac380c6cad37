import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerIdFromString } from '@libp2p/peer-id'
import { createClient } from '../bindings/typescript/index.ts'
import type { Cell } from './cell.ts'
import { HarnessError } from './errors.ts'
import { Evidence, evidencePath } from './evidence.ts'
import type { Implementation } from './implementation.ts'
import type { Plan, Played } from './plan.ts'
import { type DaemonProcess, type LaunchOptions, launch } from './process.ts'
import type { Check, CheckContext, Player } from './scenario.ts'
import { DEFAULT_STACK, stackFlags } from './stack.ts'
import { CheckFailure, succeeds } from './verify.ts'

/** Seconds that a check has unless it asks for more; a busy machine is no reason to fail. */
const DEFAULT_DEADLINE = 20

/** Seconds that starting and stopping the daemons of a cell may take beyond the check's own time. */
const OVERHEAD = 30

/** Seconds that a daemon has to say who it is, once it has said that it is ready. */
const INTRODUCTION = 10

/** Seconds until a cell is given up on from outside. */
export function cellTimeout({ deadline = DEFAULT_DEADLINE }: Check): number {
  return deadline + OVERHEAD
}

/** Plays one cell with fresh daemons, leaves its evidence, and says what came of it. Never rejects. */
export async function playCell(cell: Cell, check: Check, plan: Plan): Promise<Played> {
  const started = performance.now()
  const evidence = new Evidence()
  const commands: Record<string, string> = {}
  let played: Omit<Played, 'durationMs'>
  try {
    await using stage = await setStage(cell, plan, evidence, commands)
    played = await perform(check, stage)
  } catch (error) {
    played = judgeError(error)
  }
  await evidence.write(join(plan.folder, evidencePath(cell.path)), cell.path, commands)
  return { ...played, durationMs: Math.round(performance.now() - started) }
}

async function perform(check: Check, stage: Stage): Promise<Omit<Played, 'durationMs'>> {
  const deadline = check.deadline ?? DEFAULT_DEADLINE
  const signal = AbortSignal.timeout(deadline * 1_000)
  try {
    await check.run({ ...stage.context, signal })
  } catch (error) {
    // a daemon that died explains whatever else went wrong; a check that ran out of time fails wherever it was
    if (stage.obituary() !== undefined) return judgeError(stage.obituary())
    if (signal.aborted) return judgeError(new CheckFailure('the check', `to be over in ${deadline} s`, 'silence'))
    return judgeError(error)
  }
  const obituary = stage.obituary()
  return obituary === undefined ? { outcome: 'pass' } : judgeError(obituary)
}

function judgeError(error: unknown): Omit<Played, 'durationMs'> {
  if (error instanceof CheckFailure) {
    const { what, expected, got } = error
    return { outcome: 'fail', failure: { what, expected, got } }
  }
  const infra = error instanceof HarnessError && error.code === 'ERR_SPAWN'
  const got = error instanceof Error ? error.message : String(error)
  return { outcome: infra ? 'infra-error' : 'fail', failure: { what: 'the check', expected: 'no error', got } }
}

/** The daemons of a cell, running, with a client each; all of it gone when it is disposed of. */
interface Stage extends AsyncDisposable {
  readonly context: Omit<CheckContext, 'signal'>
  /** What to say of a daemon that is no longer running. */
  obituary(): Error | undefined
}

async function setStage(cell: Cell, plan: Plan, evidence: Evidence, commands: Record<string, string>): Promise<Stage> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-cell-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const deaths: Error[] = []
  let ending = false

  const start = async (role: string, index: number): Promise<readonly [string, Player]> => {
    const { command } = plan.implementations.find(({ name }) => name === cell.cast[role]) as Implementation
    const key =
      cell.stack.key === DEFAULT_STACK.key ? [] : ['-id', plan.identities.files[cell.stack.key][index] as string]
    const args = ['-listen', `/unix${folder}/${role}.sock`, ...stackFlags(cell.stack), ...key]
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
    return [role, await introduce(role, daemon, client)]
  }
  const roles = Object.keys(cell.cast)
  // all starts have an end before one that failed is reported: no daemon arrives on a stage that is gone
  const started = await Promise.allSettled(roles.map(start))
  const players = Object.fromEntries(
    started.map(outcome => {
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    }),
  )
  const strangers = Object.fromEntries(
    Object.entries(plan.identities.strangers).map(([type, id]) => [type, peerIdFromString(id)]),
  ) as unknown as CheckContext['strangers']
  stack.defer(() => {
    ending = true
  })
  const owned = stack.move()
  return {
    context: { players, strangers },
    obituary: () => deaths[0],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
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
