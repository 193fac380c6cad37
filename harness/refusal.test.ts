import { expect, test } from 'vitest'
import type { DaemonFlags } from './flags.ts'
import type { Implementation } from './implementation.ts'
import { Output } from './output.ts'
import { LaunchError } from './process.ts'
import { findRefusal, launchWith, Unsupported } from './refusal.ts'

const FLAGS = { listen: '/unix/x', id: 'key', b: true, noise: true, tls: false, muxer: 'yamux' }

test.each([
  ['flag provided but not defined: -muxer', 'muxer'],
  ["error: unexpected argument '--tls' found", 'tls'],
  ['p2pd: error: unrecognized arguments: -noise=true', 'noise'],
  ['Unknown argument: muxer', 'muxer'],
  ['unknown option -b', 'b'],
])('%j is about -%s', (line, flag) => {
  expect(findRefusal(['starting', line, 'Usage:', '  -listen'], FLAGS)).toEqual({ flag, line })
})

test.each([
  ['a usage, which names all flags', '  -muxer string'],
  ['another trouble', 'unknown pubsub router: foo'],
  ['a word that only contains one', 'unknown identity-tls-thing'],
])('%s is no refusal', (_name, line) => {
  expect(findRefusal([line], FLAGS)).toBeUndefined()
})

/** A daemon that knows only some flags. */
function launcher(...knownFlags: string[]): (flags: DaemonFlags) => Promise<string> {
  return async flags => {
    const unknown = Object.keys(flags).find(flag => !knownFlags.includes(flag))
    if (unknown === undefined) return Object.keys(flags).join()
    const output = new Output()
    output.add('stderr', `flag provided but not defined: -${unknown}`)
    throw new LaunchError('ERR_LAUNCH_EXITED', ['p2pd'], 'exited with code 2', output)
  }
}

function stranger(name: string): Implementation {
  return { status: 'ready', name, title: name, version: 'dev', command: [], unsupported: [], stranger: true }
}

test('a stranger is spared the flags that it does not need, and remembered for those it does', async () => {
  const launch = launcher('listen', 'id')
  const { b: _, ...dispensable } = FLAGS
  expect(await launchWith(stranger('a'), dispensable, launch)).toBe('listen,id')
  await expect(launchWith(stranger('a'), FLAGS, launch)).rejects.toThrow(
    new Unsupported('a does not take the flag -b: flag provided but not defined: -b'),
  )
  await expect(launchWith(stranger('a'), { ...FLAGS, tls: true }, launch)).rejects.toThrow('-tls')
})

test('of others a manifest says what they lack', async () => {
  const { stranger: _, ...other } = stranger('b')
  await expect(launchWith(other, FLAGS, launcher('listen'))).rejects.toThrow(LaunchError)
})
