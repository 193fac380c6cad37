import { describe, inject, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { cellTimeout, playCell } from './play.ts'
import type { Check } from './scenario.ts'

/** What vitest runs: every cell of the plan is a test; `run.ts` judges what they leave in their meta data. */
const plan = inject('plan')

for (const { name, checks } of scenarios) {
  const cells = plan.cells.filter(({ scenario }) => scenario === name)
  if (cells.length === 0) continue
  describe(name, { concurrent: true }, () => {
    for (const cell of cells) {
      const check = checks[cell.check] as Check
      test(cell.path, { timeout: cellTimeout(check) * 1_000 }, async ({ task }) => {
        task.meta.played = await playCell(cell, check, plan)
      })
    }
  })
}
