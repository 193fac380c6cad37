import { spawn } from 'node:child_process'
import { findExecutable } from './executable.ts'

/** Something that a build needs of the machine. */
export interface Need {
  /** The program on PATH, or, with a test, whatever it is that is tested for. */
  readonly command: string
  /** Succeeds only where it is there, for what is no program, or must be of some version. */
  readonly test?: readonly string[]
  /** How to install it. */
  readonly hint: string
}

/** Milliseconds after which a test is taken for failed. */
const TEST_TIMEOUT = 20_000

/** Says where a need is met, or undefined when it is not. */
export async function findNeed({ command, test }: Need): Promise<string | undefined> {
  if (test === undefined) return findExecutable(command)
  return (await succeeds(test)) ? 'found' : undefined
}

function succeeds([program, ...args]: readonly string[]): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const child = spawn(program as string, args, { stdio: 'ignore', timeout: TEST_TIMEOUT, killSignal: 'SIGKILL' })
  child.on('error', () => resolve(false))
  child.on('exit', code => resolve(code === 0))
  return promise
}
