import { expect, test } from 'vitest'
import { ConfigError, describeFailure } from './failure.ts'
import { bool, parseFlags } from './flags.ts'

const FLAGS = { q: bool(false, 'be quiet') }
const USAGE = 'Usage of p2pd:\n  -q\tbe quiet\n'

const failureOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return describeFailure(error, 'p2pd', FLAGS, new Date(2026, 0, 2, 3, 4, 5))
  }
}

test('a bad flag is followed by the usage, without a timestamp, and ends with 2', () => {
  expect(failureOf(() => parseFlags(FLAGS, ['-x']))).toEqual({
    stderr: `flag provided but not defined: -x\n${USAGE}`,
    exitCode: 2,
  })
})

test('help is the usage alone, and no failure', () => {
  expect(failureOf(() => parseFlags(FLAGS, ['-help']))).toEqual({ stderr: USAGE, exitCode: 0 })
})

test('everything else is one line with a timestamp, and ends with 1', () => {
  const raise = (value: unknown) => () => {
    throw value
  }
  expect(failureOf(raise(new ConfigError('no')))).toEqual({ stderr: '2026/01/02 03:04:05 no\n', exitCode: 1 })
  expect(failureOf(raise(new TypeError('bug')))).toEqual({ stderr: '2026/01/02 03:04:05 bug\n', exitCode: 1 })
  expect(failureOf(raise('odd'))).toEqual({ stderr: '2026/01/02 03:04:05 odd\n', exitCode: 1 })
})
