import { describe, inject, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { cellTimeout, playCell } from './play.ts'
import type { Check } from './scenario.ts'

/** What vitest runs: every cell of the plan is a test; `run.ts` judges what they leave in their meta data. */
const plan = inject('plan')

/** Scenarios of more daemons than this have the machine to themselves, a cell at a time. */
const SMALL = 4

for (const scenario of scenarios) {
  const { name, checks, roles } = scenario
  const cells = plan.cells.filter(cell => cell.scenario === name)
  if (cells.length === 0) continue
  describe(name, { concurrent: roles.length <= SMALL }, () => {
    for (const cell of cells) {
      const check = checks[cell.check] as Check
      test(cell.path, { timeout: cellTimeout(check) * 1_000 }, async ({ task }) => {
        task.meta.played = await playCell(cell, scenario, plan)
      })
    }
  })
}
