import { constants } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { connect, createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import {
  type ConnectionEncrypter,
  InvalidCryptoExchangeError,
  type MessageStream,
  type PeerId,
  type SecureConnectionOptions,
  type SecuredConnection,
  type StreamMuxerFactory,
  serviceCapabilities,
} from '@libp2p/interface'
import { type EncrypterComponents, muxersToOffer } from '../secured.ts'
import { createCertificate } from './certificate.ts'
import { TlsConnection } from './connection.ts'
import { toDuplex } from './duplex.ts'
import { verifyCertificate } from './verify-certificate.ts'

/** Says that TLS was spoken by libp2p's rules, and nothing of a muxer. */
const LIBP2P = 'libp2p'

/**
 * libp2p's TLS 1.3, `/tls/1.0.0`, stricter and more tolerant than js-libp2p's in the right places: the extension that
 * names the peer may stand anywhere in its certificate, and of every kind of peer the id is checked.
 */
export function tls(): (components: EncrypterComponents) => ConnectionEncrypter {
  return components => new Tls(components)
}

class Tls implements ConnectionEncrypter {
  readonly protocol = '/tls/1.0.0'
  readonly [Symbol.toStringTag] = 'tls'
  readonly [serviceCapabilities] = ['@libp2p/connection-encryption']
  readonly #components: EncrypterComponents
  /** Made once: a certificate is good for all connections, and with some kinds of key it takes milliseconds to sign. */
  #context: Promise<SecureContext> | undefined

  constructor(components: EncrypterComponents) {
    this.#components = components
  }

  async secureOutbound(connection: MessageStream, options: SecureConnectionOptions = {}): Promise<SecuredConnection> {
    const secureContext = await this.#loadContext()
    const muxers = muxersToOffer(this.#components, options)
    return secure(connection, options, muxers, socket =>
      connect({
        socket,
        secureContext,
        // who the other side is its certificate's extension tells, and no authority
        rejectUnauthorized: false,
        ALPNProtocols: [...muxers.keys(), LIBP2P],
      }),
    )
  }

  async secureInbound(connection: MessageStream, options: SecureConnectionOptions = {}): Promise<SecuredConnection> {
    const secureContext = await this.#loadContext()
    const muxers = muxersToOffer(this.#components, options)
    return secure(
      connection,
      options,
      muxers,
      socket =>
        new TLSSocket(socket, {
          isServer: true,
          secureContext,
          requestCert: true,
          rejectUnauthorized: false,
          // the muxer that the side which dials likes best, as in go; a client that offers nothing known is refused
          ALPNCallback: ({ protocols }) => protocols.find(name => muxers.has(name)) ?? protocols.find(isLibp2p),
        }),
    )
  }

  #loadContext(): Promise<SecureContext> {
    this.#context ??= createCertificate(this.#components.privateKey).then(certified =>
      createSecureContext({
        ...certified,
        minVersion: 'TLSv1.3',
        maxVersion: 'TLSv1.3',
        // nothing is resumed, so that nobody is taken for whom a ticket says
        secureOptions: constants.SSL_OP_NO_TICKET,
      }),
    )
    return this.#context
  }
}

function isLibp2p(name: string): boolean {
  return name === LIBP2P
}

async function secure(
  connection: MessageStream,
  { remotePeer, signal }: SecureConnectionOptions,
  muxers: ReadonlyMap<string, StreamMuxerFactory>,
  start: (duplex: Duplex) => TLSSocket,
): Promise<SecuredConnection> {
  signal?.throwIfAborted()
  if (connection.status !== 'open') throw hungUp()
  const duplex = toDuplex(connection)
  const socket = start(duplex)
  const abort = (): void => void socket.destroy(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  duplex.on('error', error => socket.destroy(error))
  // whoever waits is told by others; an error that nobody waits for ends nothing but this
  socket.on('error', () => {})
  try {
    await untilSecure(socket, connection)
    const peer = await identify(socket, remotePeer)
    signal?.throwIfAborted()
    // nobody would hear of an end that came meanwhile
    if (connection.status !== 'open') throw hungUp()
    const streamMuxer = muxers.get(socket.alpnProtocol || '')
    return { connection: new TlsConnection(connection, socket), remotePeer: peer, ...(streamMuxer && { streamMuxer }) }
  } catch (error) {
    socket.destroy()
    connection.abort(error as Error)
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** Waits for the end of the handshake; whatever ends the connection before is why there is none. */
async function untilSecure(socket: TLSSocket, connection: MessageStream): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const ended = (): void => reject(hungUp())
  socket.once('secure', resolve)
  socket.once('error', reject)
  socket.once('close', ended)
  connection.addEventListener('remoteCloseWrite', ended)
  connection.addEventListener('close', ended)
  try {
    await promise
  } finally {
    socket.off('secure', resolve)
    socket.off('error', reject)
    socket.off('close', ended)
    connection.removeEventListener('remoteCloseWrite', ended)
    connection.removeEventListener('close', ended)
  }
}

function hungUp(): Error {
  return new InvalidCryptoExchangeError('the other side hung up in the TLS handshake')
}

async function identify(socket: TLSSocket, expected: PeerId | undefined): Promise<PeerId> {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) throw new InvalidCryptoExchangeError('the other side has no certificate')
  if (certificate.issuerCertificate !== undefined && !certificate.issuerCertificate.raw.equals(certificate.raw)) {
    throw new InvalidCryptoExchangeError('expected one certificate in the chain')
  }
  return verifyCertificate(certificate.raw, expected)
}
