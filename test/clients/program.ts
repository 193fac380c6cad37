import { beforeAll, describe, expect, test } from 'vitest'
import { build, type Recipe } from '../../harness/build.ts'
import { findExecutable } from '../../harness/executable.ts'
import { describeExit, spawnGroup } from '../../harness/process-group.ts'
import {
  BUILD_TIMEOUT,
  CONTROL_SOCKETS,
  type ControlSocket,
  SUBJECT_TITLES,
  SUBJECTS,
  type Subject,
  startNetwork,
  subjectCommand,
} from './daemons.ts'
import { type Result, readResults } from './results.ts'

/** A client that others wrote, as a program in its own language that calls each of its functions. */
export interface ClientProgram {
  /** The client, with its version. */
  readonly title: string
  readonly recipe: Recipe
  /** The program's command line, in the folder that it was built in. */
  command(out: string): readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The tests that the program reports, one for each function of the client at least. */
  readonly tests: readonly string[]
  /** Those that fail on go's own daemon, with what they then say. They may not pass there. */
  readonly failingOnGo?: Partial<Readonly<Record<ControlSocket, Readonly<Record<string, string>>>>>
}

const RUN_TIMEOUT = 180_000

/** On a busy machine go's daemon now and then loses a message. The yardstick may be laid on again; this daemon may not. */
const ATTEMPTS_ON_GO = 3

/**
 * Plays a client's program against this daemon and, to know that it asks the right thing, against go's own: over each
 * kind of control socket. What the machine lacks is named in the title of the tests that are skipped for it.
 */
export async function describeClient(program: ClientProgram): Promise<void> {
  for (const subject of SUBJECTS) {
    const lacking = await firstLacking(program, subject)
    for (const socket of CONTROL_SOCKETS) {
      const title = `${program.title} and ${SUBJECT_TITLES[subject]} over ${socket} control sockets`
      if (lacking === undefined) describe(title, () => play(program, subject, socket))
      else test.skip(`${title} (skipped: ${lacking} is not installed)`, () => {})
    }
  }
}

function play(program: ClientProgram, subject: Subject, socket: ControlSocket): void {
  const failing = (subject === 'go' && program.failingOnGo?.[socket]) || {}
  let run: Run
  beforeAll(async () => {
    const attempts = subject === 'go' ? ATTEMPTS_ON_GO : 1
    for (let attempt = 1; attempt <= attempts; attempt++) {
      run = await runProgram(program, subject, socket)
      if (program.tests.every(name => run.results.get(name)?.outcome === (name in failing ? 'FAIL' : 'PASS'))) break
    }
  }, BUILD_TIMEOUT + RUN_TIMEOUT)

  test.for(program.tests)('%s', name => {
    const result = run.results.get(name)
    if (failing[name] === undefined) expect(result?.outcome, result?.output).toBe('PASS')
    else expect(result).toEqual({ outcome: 'FAIL', output: expect.stringContaining(failing[name]) })
  })
  test('all that the program tests is listed here, and it ends in order', () => {
    expect([...run.results.keys()].sort(), run.report).toEqual(program.tests.toSorted())
    const code = Object.keys(failing).length === 0 ? 0 : 1
    expect(run.exit, run.report).toBe(`exited with code ${code}`)
  })
}

async function firstLacking({ recipe }: ClientProgram, subject: Subject): Promise<string | undefined> {
  const commands = recipe.build.needs.map(({ command }) => command)
  if (subject === 'go') commands.push('go')
  for (const command of commands) {
    if ((await findExecutable(command)) === undefined) return command
  }
  return undefined
}

interface Run {
  /** By the names of tests. */
  readonly results: ReadonlyMap<string, Result>
  readonly exit: string
  /** The last words of all processes. */
  readonly report: string
}

async function runProgram(program: ClientProgram, subject: Subject, socket: ControlSocket): Promise<Run> {
  const built = await build(program.recipe, { signal: AbortSignal.timeout(BUILD_TIMEOUT) })
  if (built.status === 'missing') throw new Error(built.reason)
  await using network = await startNetwork(await subjectCommand(subject), socket)
  const { output, exited } = await spawnGroup([...program.command(built.out)], {
    cwd: program.recipe.dir,
    env: { ...program.env, ...network.env },
    signal: AbortSignal.timeout(RUN_TIMEOUT),
  })
  const exit = describeExit(await exited)
  const report = [output, ...network.daemons.map(daemon => daemon.output)].map(each => each.tail(30)).join('\n\n')
  return { results: readResults(output.lines), exit, report }
}
