import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { capturePackets } from './capture.ts'
import type { Cell } from './cell.ts'
import { DeadlineError, HarnessError } from './errors.ts'
import { Evidence, evidencePath } from './evidence.ts'
import type { Plan, Played } from './plan.ts'
import { Unsupported } from './refusal.ts'
import type { Check, Scenario } from './scenario.ts'
import { isLostConnection, type Stage, setStage } from './stage.ts'
import { CheckFailure } from './verify.ts'

/** Seconds that a check has unless it asks for more; a busy machine is no reason to fail. */
const DEFAULT_DEADLINE = 20

/** Seconds that a cell's turn, and starting and stopping its daemons, may take beyond the check's own time. */
const OVERHEAD = 180

/** A verdict on one time that a cell was played. */
type Verdict = Pick<Played, 'outcome' | 'failure' | 'reason'>

/** Seconds until a cell is given up on from outside. */
export function cellTimeout(check: Check, plan: Pick<Plan, 'patience'>): number {
  return checkDeadline(check, plan) + OVERHEAD
}

function checkDeadline({ deadline = DEFAULT_DEADLINE }: Check, { patience }: Pick<Plan, 'patience'>): number {
  return deadline * patience
}

/**
 * Plays one cell with fresh daemons, leaves its evidence, and says what came of it. Never rejects. An abort ends it at once:
 * it leaves nothing then, and what it says means nothing.
 *
 * @param attempt which time it is, counted from 1
 */
export async function playCell(
  cell: Cell,
  scenario: Scenario,
  plan: Plan,
  { attempt, signal }: { readonly attempt: number; readonly signal: AbortSignal },
): Promise<Played> {
  const check = scenario.checks[cell.check] as Check
  const folder = join(plan.folder, evidencePath(cell.path, attempt))
  const started = performance.now()
  const evidence = new Evidence()
  const commands: Record<string, string> = {}
  let played: Verdict
  try {
    await using stage = await setStage({ cell, scenario, plan, evidence, commands, signal })
    await using _capture = plan.pcap
      ? await capturePackets(folder, Object.values(stage.context.players), stage.tap)
      : undefined
    played = await perform(check, stage, { deadline: checkDeadline(check, plan), evidence, interrupted: signal })
  } catch (error) {
    played =
      error instanceof Unsupported ? { outcome: 'unsupported', reason: error.message } : judgeError(error, evidence)
  }
  if (!signal.aborted) await evidence.write(folder, { path: cell.path, options: replayOptions(plan), commands, played })
  return { ...played, durationMs: Math.round(performance.now() - started) }
}

async function perform(
  check: Check,
  stage: Stage,
  options: { readonly deadline: number; readonly evidence: Evidence; readonly interrupted: AbortSignal },
): Promise<Verdict> {
  const { deadline, evidence, interrupted } = options
  const signal = AbortSignal.any([AbortSignal.timeout(deadline * 1_000), interrupted])
  try {
    await unlessStuck(check.run({ ...stage.context, signal }), signal)
  } catch (error) {
    // a daemon that died explains whatever else went wrong; a check that ran out of time fails wherever it was
    const obituary = await stage.obituary(error)
    if (obituary !== undefined) return judgeError(obituary, evidence)
    if (signal.aborted) return judgeError(outOfTime(error, deadline, evidence), evidence)
    return judgeError(error, evidence)
  }
  const obituary = await stage.obituary()
  return obituary === undefined ? { outcome: 'pass' } : judgeError(obituary, evidence)
}

/** Milliseconds in which a check should notice that its time is up. */
const NOTICE = 1_000

/** Gives up on a check that does not heed its signal. */
async function unlessStuck(running: Promise<void>, signal: AbortSignal): Promise<void> {
  const ended = new AbortController()
  const stuck = once(signal, 'abort', { signal: ended.signal }).then(async () => {
    await delay(NOTICE, undefined, { signal: ended.signal })
    throw signal.reason
  })
  // whichever is later is of no interest
  stuck.catch(() => {})
  await Promise.race([running, stuck]).finally(() => ended.abort())
}

/** Says what the check was waiting for when its time was up. */
function outOfTime(error: unknown, deadline: number, evidence: Evidence): CheckFailure {
  const step = error instanceof CheckFailure ? `waiting for ${error.what}` : evidence.lastRequest()
  return new CheckFailure(
    'the check',
    `to be over in ${deadline} s`,
    step === undefined ? 'silence' : `silence, ${step}`,
  )
}

function judgeError(error: unknown, evidence: Evidence): Verdict {
  // whoever hangs up instead of answering has done so itself
  const debtor = isLostConnection(error) ? evidence.debtor() : undefined
  if (error instanceof CheckFailure) {
    const { what, expected, got, role = debtor } = error
    return { outcome: 'fail', failure: { what, expected, got, ...(role && { role }) } }
  }
  if (error instanceof DeadlineError) {
    const expected = `${error.what} within ${error.deadline / 1_000} s`
    return { outcome: 'fail', failure: { what: 'the check', expected, got: 'no such thing' } }
  }
  const infra =
    error instanceof HarnessError &&
    (error.code === 'ERR_SPAWN' || error.code === 'ERR_ENGINE' || error.code === 'ERR_NETWORK')
  const what = evidence.lastRequest()
  const got = `${error instanceof Error ? error.message : error}${what === undefined ? '' : `, ${what}`}`
  const failure = { what: 'the check', expected: 'no error', got, ...(debtor && { role: debtor }) }
  return { outcome: infra ? 'infra-error' : 'fail', failure }
}

function replayOptions({ site, control }: Plan): string[] {
  return [...(site?.network ? ['--runtime container'] : []), ...(control === 'tcp' ? ['--control tcp'] : [])]
}
