import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { lacksDescriptors } from '../limits/descriptors.ts'
import type { Endpoint } from './address.ts'

/** How long, in ms, an application has to accept a connection. */
const CONNECT_TIMEOUT = 10_000

/** Between two attempts at a Unix socket whose backlog is full, in ms: first and longest. */
const RETRY_FIRST = 2
const RETRY_LONGEST = 50

/**
 * Connects to an application's endpoint. A Unix socket whose backlog is full is tried again: the application is there,
 * and only behind with accepting. So it is when this process has no file descriptor left.
 *
 * @param giveUp gives up when it aborts, and is aborted after 10 s: signals that follow others would cost as much as all the rest
 * @throws the system's error when nobody listens, the reason of the abort
 */
export async function connectEndpoint(endpoint: Endpoint, giveUp: AbortController): Promise<Socket> {
  const { signal } = giveUp
  const timer = setTimeout(() => giveUp.abort(new Error('it does not accept connections')), CONNECT_TIMEOUT)
  try {
    for (let wait = RETRY_FIRST; ; wait = Math.min(wait * 2, RETRY_LONGEST)) {
      signal.throwIfAborted()
      try {
        return await attempt(toConnectOptions(endpoint), signal)
      } catch (error) {
        if (!isPassing(error)) throw error
      }
      await delay(wait, undefined, { signal })
    }
  } finally {
    clearTimeout(timer)
  }
}

function isPassing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN' || lacksDescriptors(error)
}

function toConnectOptions(endpoint: Endpoint): NetConnectOpts {
  switch (endpoint.kind) {
    case 'unix':
      return { path: endpoint.path }
    case 'tcp':
      return { host: endpoint.host, port: endpoint.port, ...(endpoint.family !== 'dns' && { family: endpoint.family }) }
  }
}

function attempt(options: NetConnectOpts, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({ ...options, allowHalfOpen: true, noDelay: true })
  const onAbort = (): void => {
    socket.destroy(signal.reason)
  }
  signal.addEventListener('abort', onAbort)
  socket.once('error', reject)
  socket.once('connect', () => {
    signal.removeEventListener('abort', onAbort)
    socket.off('error', reject)
    socket.pause()
    resolve(socket)
  })
  return promise.finally(() => signal.removeEventListener('abort', onAbort))
}
