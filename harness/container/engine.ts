import { execFile } from 'node:child_process'
import { HarnessError } from '../errors.ts'
import { findExecutable } from '../executable.ts'

/**
 * The container engine is spoken to by its command-line client, which whoever has an engine has: it knows contexts,
 * remote engines and Podman, and a container that it runs in the foreground is a process like any other. A library would
 * add a tree of packages to say the same.
 */
const CLIENT = 'docker'

/** Milliseconds that the engine has to say that it is there. */
const PATIENCE = 1_500

/** What a command may print, in bytes: lists of images and containers are long on some machines. */
const MOST_PRINTED = 64 * 1024 * 1024

/**
 * Asks the engine something, and gives what it prints.
 *
 * @throws HarnessError ERR_ENGINE with the last line of its complaint; the signal's reason
 */
export async function docker(words: readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  execFile(CLIENT, [...words], { signal, maxBuffer: MOST_PRINTED }, (error, stdout, stderr) => {
    if (error === null) return resolve(stdout.trim())
    if (signal?.aborted) return reject(signal.reason)
    reject(new HarnessError('ERR_ENGINE', `${CLIENT} ${words[0]}: ${lastLine(stderr) || error.message}`))
  })
  return promise
}

/** What there is to say of the engine of this machine: its version, or why there is none and what to do about it. */
export type EngineState = { readonly version: string } | { readonly missing: string }

/** Looks for the engine; says in less than two seconds that there is none. */
export async function findEngine(): Promise<EngineState> {
  if ((await findExecutable(CLIENT)) === undefined) {
    return { missing: 'docker is not installed (needed to run containers); apt-get install docker.io' }
  }
  try {
    const version = await docker(['version', '--format', '{{.Server.Version}}'], {
      signal: AbortSignal.timeout(PATIENCE),
    })
    return { version }
  } catch (error) {
    const said = error instanceof HarnessError ? error.message : `it says nothing in ${PATIENCE / 1_000} s`
    const { DOCKER_HOST } = process.env
    const [where, remedy] = DOCKER_HOST ? [` at ${DOCKER_HOST}`, 'unset'] : ['', 'start dockerd, or set']
    return { missing: `no container engine answers${where} (${said}); ${remedy} DOCKER_HOST` }
  }
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .filter(line => line !== '' && !/^(Run 'docker|exit status)/.test(line))
      .at(-1) ?? ''
  )
}
