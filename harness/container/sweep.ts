import { spawn } from 'node:child_process'
import { until } from '../until.ts'
import { docker } from './engine.ts'
import { isDead, OWNER_LABEL, RUN_LABEL } from './labels.ts'

/** What a run leaves in the engine, in the order in which it can be removed. */
const KINDS = [
  { list: ['ps', '--all', '--quiet'], remove: ['rm', '--force', '--volumes'] },
  { list: ['network', 'ls', '--quiet'], remove: ['network', 'rm'] },
] as const

/** Milliseconds; an engine that has much to do has yet to let go of containers that are gone already. */
const PATIENCE = 10_000

/**
 * Removes all that a run has created: also what was left of it when something else failed. What the engine does not let go
 * of is told in a warning: what the run has found out is worth more, and the next run tries again.
 */
export async function sweepRun(runId: string): Promise<void> {
  for (const { list, remove } of KINDS) {
    let refusal: unknown
    const swept = async (): Promise<boolean> => {
      try {
        const ids = words(await docker([...list, '--filter', `label=${RUN_LABEL}=${runId}`]))
        if (ids.length > 0) await docker([...remove, ...ids])
        return true
      } catch (error) {
        refusal = error
        return false
      }
    }
    await until(swept, { deadline: PATIENCE, interval: 500, what: 'the engine to clean up' }).catch(() => {
      process.emitWarning(`the container engine keeps something of the run: ${(refusal as Error).message}`)
    })
  }
}

/** Removes what runs have left whose process has ended without doing so. */
export async function sweepRemains(): Promise<void> {
  for (const { list, remove } of KINDS) {
    const format = `{{.ID}}\t{{.Label "${OWNER_LABEL}"}}`
    const listed = await docker([
      ...list.filter(word => word !== '--quiet'),
      '--filter',
      `label=${OWNER_LABEL}`,
      '--format',
      format,
    ])
    const left = listed
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t'))
    const ids = left.filter(([, owner = '']) => isDead(owner)).map(([id = '']) => id)
    // another run may be sweeping too
    if (ids.length > 0) await docker([...remove, ...ids]).catch(() => undefined)
  }
}

/** Removes all of a run once its input has ended; the clients of a harness that was killed may still be making containers. */
const GUARD = `
  cat
  for again in 1 2 3 4 5; do
    left=$(docker ps --all --quiet --filter "label=$1")
    [ -z "$left" ] || docker rm --force --volumes $left
    sleep 1
  done
  networks=$(docker network ls --quiet --filter "label=$1")
  [ -z "$networks" ] || docker network rm $networks
`

/** Makes sure that nothing of a run outlives this process, however it ends: somebody else waits for that. */
export function guardRun(runId: string): Disposable {
  // in a session of its own, out of reach of the terminal's Ctrl-C
  const guard = spawn('sh', ['-c', GUARD, 'guard', `${RUN_LABEL}=${runId}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  return {
    [Symbol.dispose]() {
      guard.kill('SIGKILL')
      guard.stdin.destroy()
    },
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}
