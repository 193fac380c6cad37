import { expect, test } from 'vitest'
import { compare } from './compare.ts'
import type { Contestant } from './contestant.ts'
import type { Experiment } from './experiment.ts'

const CONTESTANTS: readonly Contestant[] = (['subject', 'baseline', 'ceiling'] as const).map(role => ({
  role,
  title: role,
  command: [role],
}))

/** Notes in which order it is done with whom; the value is the number of the call. */
function fake(name: string, played: string[], extra: Partial<Experiment> = {}): Experiment {
  return {
    name,
    figures: [{ name: `${name}-a`, title: name, unit: 's', better: 'less' }],
    measure: ({ role }) => Promise.resolve({ [`${name}-a`]: played.push(`${name} ${role}`) }),
    ...extra,
  }
}

const run = (experiments: Experiment[], rounds: number) =>
  compare(experiments, CONTESTANTS, { rounds, quick: false, signal: new AbortController().signal, onProgress() {} })

test('contestants take turns, and the first one changes from round to round', async () => {
  const played: string[] = []
  const [one] = await run([fake('one', played), fake('two', played, { ceiling: true, maxRounds: 1 })], 2)
  expect(played).toEqual([
    'one subject',
    'one baseline',
    'two subject',
    'two baseline',
    'two ceiling',
    'one baseline',
    'one subject',
  ])
  expect(one).toMatchObject({
    results: { subject: { values: [1, 7], median: 4 }, baseline: { values: [2, 6], median: 4 } },
    ratio: { median: (0.5 + 7 / 6) / 2, min: 0.5, max: 7 / 6 },
  })
})

test('one that fails is reported, and ends nothing else', async () => {
  const failing: Partial<Experiment> = {
    async measure({ role }) {
      if (role === 'subject') throw new Error('it fell over')
      return {}
    },
  }
  const played: string[] = []
  const [broken, fine] = await run([fake('broken', [], failing), fake('fine', played)], 2)
  expect(broken?.results).toEqual({
    subject: { values: [null, null], failures: ['it fell over'] },
    baseline: { values: [null, null], failures: [] },
  })
  expect(broken?.ratio).toBeUndefined()
  expect(fine?.results.subject?.failures).toEqual([])
  expect(played).toHaveLength(4)
})

test('an interrupted run ends at once', async () => {
  const controller = new AbortController()
  const experiment = fake('one', [], {
    measure() {
      controller.abort(new Error('enough'))
      return Promise.reject(new Error('the daemon is gone'))
    },
  })
  const options = { rounds: 1, quick: false, signal: controller.signal, onProgress() {} }
  await expect(compare([experiment], CONTESTANTS, options)).rejects.toThrow('enough')
})
