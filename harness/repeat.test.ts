import { expect, test } from 'vitest'
import type { Played } from './plan.ts'
import { playRepeatedly } from './repeat.ts'

const failure = { what: 'it', expected: 'this', got: 'that' }
const LETTERS: Readonly<Record<string, Played>> = {
  p: { outcome: 'pass', durationMs: 1 },
  f: { outcome: 'fail', durationMs: 10, failure },
  i: { outcome: 'infra-error', durationMs: 100, failure: { ...failure, what: 'the environment' } },
}

/** What the attempts of a script come to, and how many of them were made. */
async function outcomeOf(script: string, times: number, retries: number): Promise<string> {
  let made = 0
  const play = async (attempt: number): Promise<Played> => {
    made = attempt
    return LETTERS[script[attempt - 1] as string] as Played
  }
  const { outcome } = await playRepeatedly(play, { times, retries })
  return `${outcome} after ${made}`
}

test.each([
  ['p', 1, 1, 'pass after 1'],
  ['ff', 1, 1, 'fail after 2'],
  ['fp', 1, 1, 'flaky after 2'],
  ['f', 1, 0, 'fail after 1'],
  ['fffp', 1, 3, 'flaky after 4'],
  // an error of the environment says nothing, and is not retried into something
  ['i', 1, 1, 'infra-error after 1'],
  ['fi', 1, 1, 'infra-error after 2'],
  ['ppp', 3, 0, 'pass after 3'],
  ['pfp', 3, 0, 'flaky after 3'],
  ['fff', 3, 0, 'fail after 3'],
  // what passed before needs no further try to be known as flaky
  ['ppf', 3, 1, 'flaky after 3'],
  ['fffp', 3, 1, 'flaky after 4'],
])('%s, %i times with %i retries: %s', async (script, times, retries, expected) => {
  expect(await outcomeOf(script, times, retries)).toBe(expected)
})

test('the first failure is told, all attempts are listed, and their times add up', async () => {
  const play = async (attempt: number): Promise<Played> => LETTERS['pf'[attempt - 1] as string] as Played
  expect(await playRepeatedly(play, { times: 2, retries: 0 })).toEqual({
    outcome: 'flaky',
    durationMs: 11,
    failure,
    attempts: [
      { outcome: 'pass', durationMs: 1 },
      { outcome: 'fail', durationMs: 10 },
    ],
  })
})
