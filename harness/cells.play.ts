import { afterAll, describe, inject, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import type { Cell } from './cell.ts'
import { Gate } from './gate.ts'
import { heedInterrupts } from './interrupt.ts'
import type { Played } from './plan.ts'
import { cellTimeout, playCell } from './play.ts'
import { playRepeatedly } from './repeat.ts'
import type { Check, Scenario } from './scenario.ts'

/** What vitest runs: every cell of the plan is a test; `run.ts` judges what they leave in their meta data. */
const plan = inject('plan')
const byName = new Map(scenarios.map(scenario => [scenario.name, scenario]))
const foretold = new Set(plan.foretold)

/** Scenarios of more daemons than this have the machine to themselves, a cell at a time. */
const SMALL = 4

const isSmall = ({ cast }: Cell): boolean => Object.keys(cast).length <= SMALL
const checkOf = ({ scenario, check }: Cell): Check => (byName.get(scenario) as Scenario).checks[check] as Check
const waits = (cell: Cell): boolean => checkOf(cell).waits === true

const interrupts = heedInterrupts()
afterAll(() => interrupts[Symbol.dispose]())
const gate = new Gate(plan.jobs)
const small = plan.cells.filter(isSmall)

// those that wait begin first: they take the longest
describe('side by side', { concurrent: true }, () => {
  for (const cell of small.filter(waits)) define(cell, play => play())
  for (const cell of small.filter(cell => !waits(cell))) define(cell, play => gate.run(play))
})
describe('alone', () => {
  for (const cell of plan.cells.filter(cell => !isSmall(cell))) define(cell, play => play())
})

function define(cell: Cell, inTurn: (play: () => Promise<Played>) => Promise<Played>): void {
  const scenario = byName.get(cell.scenario) as Scenario
  const times = plan.times
  const retries = foretold.has(cell.path) ? 0 : plan.retries
  const timeout = cellTimeout(checkOf(cell), plan) * (times + retries) * 1_000
  test(cell.path, { timeout }, async ({ task, signal, skip }) => {
    const stop = AbortSignal.any([signal, interrupts.signal])
    const play = (attempt: number): Promise<Played> =>
      inTurn(async () => {
        if (stop.aborted) skip()
        const played = await playCell(cell, scenario, plan, { attempt, signal: stop })
        // what was cut off has no verdict
        if (stop.aborted) skip()
        return played
      })
    task.meta.played = await playRepeatedly(play, { times, retries })
  })
}
