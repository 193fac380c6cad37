import { join } from 'node:path'
import { capturePackets } from './capture.ts'
import type { Cell } from './cell.ts'
import { HarnessError } from './errors.ts'
import { Evidence, evidencePath } from './evidence.ts'
import type { Plan, Played } from './plan.ts'
import type { Check, Scenario } from './scenario.ts'
import { type Stage, setStage } from './stage.ts'
import { CheckFailure } from './verify.ts'

/** Seconds that a check has unless it asks for more; a busy machine is no reason to fail. */
const DEFAULT_DEADLINE = 20

/** Seconds that starting and stopping the daemons of a cell may take beyond the check's own time. */
const OVERHEAD = 30

/** A verdict on one time that a cell was played. */
type Verdict = Pick<Played, 'outcome' | 'failure'>

/** Seconds until a cell is given up on from outside. */
export function cellTimeout({ deadline = DEFAULT_DEADLINE }: Check): number {
  return deadline + OVERHEAD
}

/** Plays one cell with fresh daemons, leaves its evidence, and says what came of it. Never rejects. */
export async function playCell(cell: Cell, scenario: Scenario, plan: Plan, attempt: number): Promise<Played> {
  const check = scenario.checks[cell.check] as Check
  const folder = join(plan.folder, evidencePath(cell.path, attempt))
  const started = performance.now()
  const evidence = new Evidence()
  const commands: Record<string, string> = {}
  let played: Verdict
  try {
    await using stage = await setStage({ cell, scenario, plan, evidence, commands })
    await using _capture = plan.pcap ? await capturePackets(folder, Object.values(stage.context.players)) : undefined
    played = await perform(check, stage)
  } catch (error) {
    played = judgeError(error)
  }
  await evidence.write(folder, { path: cell.path, commands, played })
  return { ...played, durationMs: Math.round(performance.now() - started) }
}

async function perform(check: Check, stage: Stage): Promise<Verdict> {
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

function judgeError(error: unknown): Verdict {
  if (error instanceof CheckFailure) {
    const { what, expected, got } = error
    return { outcome: 'fail', failure: { what, expected, got } }
  }
  const infra = error instanceof HarnessError && error.code === 'ERR_SPAWN'
  const got = error instanceof Error ? error.message : String(error)
  return { outcome: infra ? 'infra-error' : 'fail', failure: { what: 'the check', expected: 'no error', got } }
}
