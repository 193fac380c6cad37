import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../../../harness/build.ts'
import { findExecutable } from '../../../harness/executable.ts'
import { spawnGroup } from '../../../harness/process-group.ts'
import { BUILD_TIMEOUT, SUBJECTS, subjectCommand } from '../daemons.ts'
import { readResults } from '../results.ts'
import { RECIPE } from './recipe.ts'

/** js-libp2p's own interoperability suites, with this daemon in the place of js-libp2p's. */

const RUN_TIMEOUT = 240_000

/** Each is a process of its own, and plays those of the suite's tests that have `grep` in their titles. */
const SUITES = [
  { name: 'connect', grep: 'tcp', tests: 3 },
  { name: 'relay', grep: 'over relay', tests: 16 },
  { name: 'dht', grep: 'dht.', tests: 11 },
  { name: 'pubsub', grep: 'pubsub.', tests: 4 },
  { name: 'stream', grep: 'ed25519/', tests: 18 },
  { name: 'stream', grep: 'rsa/', tests: 18 },
  { name: 'stream', grep: 'secp256k1/', tests: 18 },
]

/** What the suites leave out themselves. */
const SKIPPED = /^pubsub\.(?:gossipsub|hybrid) /

const lacking = (await findExecutable('go')) === undefined ? 'go' : undefined
const skipped = lacking === undefined ? '' : ` (skipped: ${lacking} is not installed)`

test.skipIf(lacking !== undefined).for(SUITES)(
  `the $name suite of @libp2p/interop 14.0.16 ("$grep") passes with this daemon and go-libp2p-daemon${skipped}`,
  { timeout: BUILD_TIMEOUT + RUN_TIMEOUT, concurrent: true },
  async ({ name, grep, tests }) => {
    const built = await build(RECIPE, { signal: AbortSignal.timeout(BUILD_TIMEOUT) })
    if (built.status === 'missing') throw new Error(built.reason)
    const executables = await Promise.all(
      SUBJECTS.map(async subject => [`P2PD_${subject}`, (await subjectCommand(subject))[0] ?? '']),
    )
    const { output, exited } = await spawnGroup(
      [
        process.execPath,
        join(built.out, 'node_modules/mocha/bin/mocha.js'),
        '--exit',
        // the suites' own limits are for an idle machine
        '--timeout=60000',
        `--reporter=${join(built.out, 'mocha-reporter.cjs')}`,
        `--fgrep=${grep}`,
        join(built.out, 'interop.js'),
      ],
      {
        env: { ...Object.fromEntries(executables), P2PD_INTEROP: name },
        signal: AbortSignal.timeout(RUN_TIMEOUT),
      },
    )
    await exited
    const results = [...readResults(output.lines)]
    const failed = results.filter(([test, { outcome }]) => outcome !== (SKIPPED.test(test) ? 'SKIP' : 'PASS'))
    expect(Object.fromEntries(failed), output.tail(50)).toEqual({})
    expect(results.filter(([, { outcome }]) => outcome === 'PASS').length, output.tail(50)).toBe(tests)
  },
)
