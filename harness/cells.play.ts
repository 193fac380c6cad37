import { describe, inject, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import type { Cell } from './cell.ts'
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

describe('side by side', { concurrent: true }, () => plan.cells.filter(isSmall).forEach(define))
describe('alone', () => plan.cells.filter(cell => !isSmall(cell)).forEach(define))

function define(cell: Cell): void {
  const scenario = byName.get(cell.scenario) as Scenario
  const times = plan.times
  const retries = foretold.has(cell.path) ? 0 : plan.retries
  const timeout = cellTimeout(scenario.checks[cell.check] as Check, plan) * (times + retries) * 1_000
  test(cell.path, { timeout }, async ({ task }) => {
    const play = (attempt: number) => playCell(cell, scenario, plan, attempt)
    task.meta.played = await playRepeatedly(play, { times, retries })
  })
}
