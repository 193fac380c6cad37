import { chmod, lstat, stat, unlink } from 'node:fs/promises'
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { type Endpoint, formatEndpoint } from '../endpoints/address.ts'
import { errnoText } from '../errno.ts'

/** Connections that may wait to be accepted: bursts of clients are normal. */
const BACKLOG = 1024

/**
 * When, in ms, the kernel starts asking whether the client at the other end of an idle TCP socket is still there; one that
 * has closed looks like one that has half-closed until then.
 */
const KEEP_ALIVE = 15_000

/** Where the daemon's clients connect. */
export interface ControlServer {
  /** The address in go's form, with the port that was really taken. */
  readonly address: string
  /** How many clients are connected, those whose connections became streams included. */
  readonly connections: number
  /** How many have connected so far. */
  readonly accepted: number
  /** Stops listening, hangs up on everybody and removes the socket file. */
  close(): Promise<void>
}

export interface ControlServerOptions {
  /** The permissions of a Unix socket's file. */
  readonly socketMode: number
  readonly serve: (socket: Socket) => void
  /** Told when a connection cannot be accepted, as when file descriptors run out; listening goes on. */
  readonly onError: (error: Error) => void
}

/**
 * Listens for control connections. The socket file of a daemon that no longer runs is replaced.
 *
 * @throws Error with go's text when it cannot listen
 */
export async function listenControl(
  endpoint: Endpoint,
  { socketMode, serve, onError }: ControlServerOptions,
): Promise<ControlServer> {
  const sockets = new Set<Socket>()
  let accepted = 0
  const options = { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE }
  const server = createServer(options, socket => {
    accepted += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serve(socket)
  })
  try {
    await listenReplacingStale(server, endpoint, socketMode)
    server.on('error', onError)
  } catch (error) {
    throw new Error(`listen ${await explain(error, endpoint)}`, { cause: error })
  }
  return {
    address: formatEndpoint(actual(server, endpoint)),
    get connections() {
      return sockets.size
    },
    get accepted() {
      return accepted
    },
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const socket of sockets) socket.destroySoon()
      await closed
    },
  }
}

async function explain(error: unknown, endpoint: Endpoint): Promise<string> {
  if ((error as NodeJS.ErrnoException).syscall === 'getaddrinfo' && endpoint.kind === 'tcp') {
    const { family, host } = endpoint
    return `tcp${family === 'dns' ? '' : family}: lookup ${host}: no such host`
  }
  return `${describe(endpoint)}: ${await reason(error, endpoint)}`
}

/** libuv says EACCES where the folder of a Unix socket does not exist. */
async function reason(error: unknown, endpoint: Endpoint): Promise<string> {
  if (endpoint.kind === 'unix' && (error as NodeJS.ErrnoException).code === 'EACCES') {
    return stat(dirname(endpoint.path)).then(() => errnoText(error), errnoText)
  }
  return errnoText(error)
}

async function listenReplacingStale(server: Server, endpoint: Endpoint, socketMode: number): Promise<void> {
  try {
    await listen(server, endpoint, socketMode)
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!inUse || endpoint.kind !== 'unix' || !(await isStale(endpoint.path))) throw error
    await unlink(endpoint.path)
    await listen(server, endpoint, socketMode)
  }
}

/** A socket file that nobody listens on. Anything else at that path is not ours to remove. */
async function isStale(path: string): Promise<boolean> {
  if (!(await lstat(path)).isSocket()) return false
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const probe = connect({ path })
  probe.once('connect', () => resolve(false))
  probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'))
  return promise.finally(() => probe.destroy())
}

async function listen(server: Server, endpoint: Endpoint, socketMode: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  if (endpoint.kind === 'tcp') server.listen(toListenOptions(endpoint), resolve)
  else withOwnerUmask(() => server.listen(toListenOptions(endpoint), resolve))
  await promise.finally(() => server.off('error', reject))
  if (endpoint.kind === 'unix') await chmod(endpoint.path, socketMode)
}

/**
 * Runs a step with files made for their owner alone. Node binds a Unix socket before `listen` returns, so that its file
 * never has more permissions than it is to have in the end, not even for a moment.
 */
function withOwnerUmask(step: () => void): void {
  const umask = process.umask(0o177)
  try {
    step()
  } finally {
    process.umask(umask)
  }
}

function toListenOptions(endpoint: Endpoint): ListenOptions {
  switch (endpoint.kind) {
    case 'unix':
      return { path: endpoint.path, backlog: BACKLOG }
    case 'tcp':
      return { host: endpoint.host, port: endpoint.port, backlog: BACKLOG, ipv6Only: endpoint.family === 6 }
  }
}

function actual(server: Server, endpoint: Endpoint): Endpoint {
  const address = server.address()
  if (address === null || typeof address === 'string') return endpoint
  return { kind: 'tcp', host: address.address, port: address.port, family: address.family === 'IPv6' ? 6 : 4 }
}

function describe(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `unix ${endpoint.path}: bind`
    case 'tcp': {
      const ip6 = endpoint.host.includes(':')
      return `tcp${ip6 ? 6 : 4} ${ip6 ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}: bind`
    }
  }
}
