import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../../../harness/build.ts'
import { findExecutable } from '../../../harness/executable.ts'
import { spawnGroup } from '../../../harness/process-group.ts'
import { BUILD_TIMEOUT, SUBJECTS, type Subject, subjectCommand } from '../daemons.ts'
import { type Result, readResults } from '../results.ts'
import { ENVIRONMENT, python, RECIPE } from './recipe.ts'

/** The tests in p2pclient's own source distribution that concern daemons, which they start themselves. */

const RUN_TIMEOUT = 300_000

/**
 * These race with the daemons: the first publishes right after subscribing, and asks for topics right after leaving one;
 * the others give a record, or the end of a connection, a fixed time to get to another daemon. The first fails more often
 * than not on go's daemon, the others now and then. This daemon must win the race once in {@link ATTEMPTS}.
 */
const RACE = /^test_client_(pubsub_subscribe|dht_provide|disconnect)\[/
const ATTEMPTS = 3

/** Two processes at once: most of the suite's time is spent waiting. */
const HALVES = ['trio', 'not trio']

let lacking: string | undefined
for (const command of ['python3', 'go']) {
  if (lacking === undefined && (await findExecutable(command)) === undefined) lacking = command
}
const skipped = lacking === undefined ? '' : ` (skipped: ${lacking} is not installed)`

test.skipIf(lacking !== undefined)(
  `the own tests of Python’s p2pclient come to the same with this daemon as with go-libp2p-daemon${skipped}`,
  { timeout: BUILD_TIMEOUT + RUN_TIMEOUT },
  async ({ annotate, onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'p2pd-suite-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const built = await build(RECIPE, { signal: AbortSignal.timeout(BUILD_TIMEOUT) })
    if (built.status === 'missing') throw new Error(built.reason)
    const suites = await Promise.all(SUBJECTS.map(subject => prepareSuite(built.out, subject, folder)))
    const signal = AbortSignal.timeout(RUN_TIMEOUT)
    const [js, go] = (await Promise.all(suites.map(suite => suite.play(HALVES, signal)))) as [Results, Results]

    const racing = [...js.keys()].filter(name => RACE.test(name))
    const lost = racing.filter(name => js.get(name)?.outcome === 'FAIL')
    for (let attempt = 2; attempt <= ATTEMPTS && lost.length > 0; attempt++) {
      const again = await (suites[0] as Suite).play([lost.map(name => name.replace(/[[-].*/, '')).join(' or ')], signal)
      for (const name of [...lost]) {
        await annotate(`${name}: attempt ${attempt} on this daemon: ${again.get(name)?.outcome}`)
        if (again.get(name)?.outcome !== 'PASS') continue
        js.set(name, again.get(name) as Result)
        lost.splice(lost.indexOf(name), 1)
      }
    }
    // what a race has cost go's daemon is no difference to hold against this one
    const expected = outcomes(go)
    for (const [name, outcome] of Object.entries(expected)) {
      if (outcome === 'FAIL') await annotate(`${name} on go-libp2p-daemon: FAIL`)
      if (outcome !== 'SKIP') expected[name] = 'PASS'
    }
    const failed = [...js].filter(([, { outcome }]) => outcome === 'FAIL')
    expect(outcomes(js), failed.map(([name, { output }]) => `${name}:\n${output}`).join('\n')).toEqual(expected)
    const passed = Object.values(expected).filter(outcome => outcome === 'PASS')
    expect(passed.length, 'tests that pass').toBe(54)
  },
)

type Results = Map<string, Result>

interface Suite {
  /** Runs the parts of the suite that these expressions select, at once. */
  play(selections: readonly string[], signal: AbortSignal): Promise<Results>
}

/** The suite on one daemon, which it must find on PATH under the name of p2pd. */
async function prepareSuite(out: string, subject: Subject, folder: string): Promise<Suite> {
  const bin = join(folder, subject)
  await mkdir(bin)
  const [executable] = await subjectCommand(subject)
  await symlink(executable as string, join(bin, 'p2pd'))
  const env = { ...ENVIRONMENT, PATH: bin + delimiter + process.env.PATH }
  const play = async (selection: string, signal: AbortSignal): Promise<Results> => {
    const command = [...python(out), '-p', 'p2pclient_suite', '-k', selection, 'tests/test_p2pclient_integration.py']
    const { output, exited } = await spawnGroup(command, { cwd: join(out, 'sdist'), env, signal })
    await exited
    const results = readResults(output.lines)
    if (results.size === 0) throw new Error(`no test was run:\n${output.tail(50)}`)
    return results
  }
  return {
    async play(selections, signal) {
      const parts = await Promise.all(selections.map(selection => play(selection, signal)))
      return new Map(parts.flatMap(part => [...part]))
    },
  }
}

function outcomes(results: Results): Record<string, string> {
  return Object.fromEntries([...results].map(([name, { outcome }]) => [name, outcome]))
}
