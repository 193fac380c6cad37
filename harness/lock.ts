import { mkdir, open, rm, stat, utimes } from 'node:fs/promises'
import { dirname } from 'node:path'
import { until } from './until.ts'

export interface LockOptions {
  /** What holding the lock is for, as it reads after "gave up waiting for". */
  readonly what: string
  readonly signal?: AbortSignal | undefined
}

/** A holder shows every so often that it lives; one that has not for this long is dead. Both in milliseconds. */
const HEARTBEAT = 2_000
const STALE_AFTER = 10_000

/** Longer than the slowest build. */
const DEADLINE = 30 * 60 * 1_000
const INTERVAL = 100

/**
 * Holds a lock file until disposed of, across processes and containers that share the folder.
 *
 * It saves two processes from doing the same work; two that find the same dead holder at the same moment may both get
 * it, so the work itself must bear being done twice.
 *
 * @throws HarnessError ERR_DEADLINE; the signal's reason
 */
export async function lock(path: string, { what, signal }: LockOptions): Promise<AsyncDisposable> {
  await mkdir(dirname(path), { recursive: true })
  await until(() => take(path), { deadline: DEADLINE, interval: INTERVAL, what, signal })
  const heartbeat = setInterval(() => void touch(path), HEARTBEAT)
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(heartbeat)
      await rm(path, { force: true })
    },
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close()
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  if (await isStale(path)) await rm(path, { force: true })
  return false
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > STALE_AFTER
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return false
  }
}

/** Fails when somebody took this holder for dead: then there is nothing to keep alive. */
async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => undefined)
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
