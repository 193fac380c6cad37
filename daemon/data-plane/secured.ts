import type {
  MessageStream,
  PrivateKey,
  SecureConnectionOptions,
  StreamMuxerFactory,
  Upgrader,
} from '@libp2p/interface'
import type { MessageStreamInit } from '@libp2p/utils'

/** What a ConnectionEncrypter needs of libp2p. */
export interface EncrypterComponents {
  readonly privateKey: PrivateKey
  readonly upgrader: Pick<Upgrader, 'getStreamMuxers'>
}

/** The muxers to agree on in the handshake, by protocol; none where they are not to be. */
export function muxersToOffer(
  { upgrader }: EncrypterComponents,
  { skipStreamMuxerNegotiation = false }: SecureConnectionOptions,
): ReadonlyMap<string, StreamMuxerFactory> {
  return skipStreamMuxerNegotiation ? new Map() : upgrader.getStreamMuxers()
}

/** What an encrypted connection takes over from the one below it. */
export function initAbove(connection: MessageStream): MessageStreamInit {
  return {
    log: connection.log,
    inactivityTimeout: connection.inactivityTimeout,
    maxReadBufferLength: connection.maxReadBufferLength,
    direction: connection.direction,
  }
}
