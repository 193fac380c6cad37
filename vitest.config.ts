import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Files that play hundreds of cells each, many at a time: beside them others would wait for the processor. */
const PLAYS = ['test/broken/broken.test.ts', 'test/mutants/mutants.test.ts']

export default defineConfig({
  test: {
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['**/*.test.ts'],
          exclude: ['node_modules', 'dist', ...PLAYS],
          // most of them wait for other processes
          maxWorkers: 2 * availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'plays', include: PLAYS, maxWorkers: PLAYS.length, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
