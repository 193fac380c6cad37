import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Multiaddr } from '@multiformats/multiaddr'
import { WebSocket } from 'ws'
import { formatHostAndPort, hostAndPort, shapeOf } from '../address.ts'
import { MAX_MESSAGE } from './messages.ts'

/** A WebSocket that is open, and what it runs on. */
export interface DialledWebSocket {
  readonly webSocket: WebSocket
  readonly socket: Socket
}

/**
 * Opens a WebSocket to an address: by TLS where the address says so, with the name that it wants the certificate to be for.
 *
 * @throws the system's error; an Error in go's words; the signal's reason when it aborts
 */
export async function dialWebSocket(address: Multiaddr, signal: AbortSignal): Promise<DialledWebSocket> {
  signal.throwIfAborted()
  const { host, port } = hostAndPort(address)
  const secure = /\/(wss|tls(\/sni)?\/ws)$/.test(shapeOf(address))
  const name = address.getComponents().find(component => component.name === 'sni')?.value
  const socket = secure
    ? connectTls({ host, port, ...(name !== undefined && { servername: name }), ALPNProtocols: ['http/1.1'] })
    : connect({ host, port })
  socket.setNoDelay(true)
  const webSocket = new WebSocket(`${secure ? 'wss' : 'ws'}://${formatHostAndPort({ host: name ?? host, port })}`, {
    createConnection: () => socket,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  webSocket.once('open', () => {
    // what comes right behind the handshake waits for whoever reads it
    webSocket.pause()
    resolve()
  })
  webSocket.on('error', error => reject(handshakeError(error)))
  try {
    await promise
    return { webSocket, socket }
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** go says the same of every answer that is not the one wanted. */
function handshakeError(error: Error): Error {
  const refused = error.message.startsWith('Unexpected server response') || error.message.startsWith('Invalid Sec-')
  if (!refused) return error
  return Object.assign(new Error('websocket: bad handshake', { cause: error }), { name: 'WebSocketHandshakeError' })
}
