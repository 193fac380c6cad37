import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, formatAddress, socketOptions } from './address.ts'
import { ClientError } from './errors.ts'

/** Room for bursts: go's daemon resets a stream when its dial to us meets a full backlog. */
const BACKLOG = 1024

const LOOPBACK = '127.0.0.1'

/** A server that accepts the daemon's connections until its lifetime is aborted. */
export interface Listener {
  /** Where it really listens, an assigned port filled in. */
  readonly address: Address
  /** Resolves when it no longer listens, its connections are gone and its files removed. */
  readonly closed: Promise<void>
}

export interface ListenerOptions {
  readonly lifetime: AbortSignal
  /** Called with sockets that allow half-open connections. */
  onConnection(socket: Socket): void
}

/**
 * Listens where the daemon at `control` is sure to reach us: for a Unix socket, on another one in a folder that only we
 * can enter; for TCP, on a port of the address from which we reach the daemon: the loopback interface, or the network on
 * which a daemon of another machine, or of a container, is.
 *
 * @throws ClientError ERR_LISTEN
 */
export async function listenNear(control: Address, options: ListenerOptions): Promise<Listener> {
  if (control.kind === 'tcp') return listen(await localAddress(control, options.lifetime), options)
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-client-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  try {
    const { address, closed } = await listen({ kind: 'unix', path: join(folder, 'handler.sock') }, options)
    return { address, closed: closed.then(removeFolder) }
  } catch (error) {
    await removeFolder()
    throw error
  }
}

/** The address that we have on the way to the daemon, with any port. */
async function localAddress(control: Address & { kind: 'tcp' }, signal: AbortSignal): Promise<Address> {
  if (control.host === LOOPBACK) return { ...control, port: 0 }
  const socket = connect({ ...socketOptions(control) })
  try {
    await once(socket, 'connect', { signal })
    const { localAddress: host = LOOPBACK, localFamily } = socket
    return { kind: 'tcp', protocol: localFamily === 'IPv6' ? 'ip6' : 'ip4', host, port: 0 }
  } catch (cause) {
    signal.throwIfAborted()
    throw new ClientError('ERR_LISTEN', `cannot reach ${formatAddress(control)}, to listen beside it`, { cause })
  } finally {
    socket.destroy()
  }
}

/**
 * Listens at an address.
 *
 * @throws ClientError ERR_LISTEN
 */
export async function listen(wanted: Address, { lifetime, onConnection }: ListenerOptions): Promise<Listener> {
  lifetime.throwIfAborted()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection)
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  server.once('close', resolve)
  try {
    server.listen({ ...socketOptions(wanted), backlog: BACKLOG, signal: lifetime })
    await once(server, 'listening', { signal: lifetime })
  } catch (cause) {
    lifetime.throwIfAborted()
    throw new ClientError('ERR_LISTEN', `cannot listen at ${formatAddress(wanted)}`, { cause })
  }
  return { address: boundAddress(server), closed }
}

function boundAddress(server: Server): Address {
  const bound = server.address()
  if (bound === null) throw new ClientError('ERR_LISTEN', 'the server was closed while it was starting')
  if (typeof bound === 'string') return { kind: 'unix', path: bound }
  return { kind: 'tcp', protocol: bound.family === 'IPv6' ? 'ip6' : 'ip4', host: bound.address, port: bound.port }
}
