import {
  type ConnectionEncrypter,
  type MessageStream,
  type SecureConnectionOptions,
  type SecuredConnection,
  serviceCapabilities,
} from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { encodeBody } from '../../../proto/codec.ts'
import { NoiseHandshakePayload } from '../../../proto/libp2p.ts'
import { type EncrypterComponents, muxersToOffer } from '../secured.ts'
import { NoiseConnection } from './connection.ts'
import { type HandshakeResult, initiate, respond } from './handshake.ts'
import { checkIdentity, proveIdentity, type RemoteIdentity } from './identity.ts'
import { lengthPrefix } from './length-prefix.ts'
import { generateKeyPair, type KeyPair } from './x25519.ts'

/**
 * libp2p's Noise, `/noise`, faster than js-libp2p's and stricter: it checks the id of every kind of peer, and bursts of
 * small messages leave as one.
 */
export function noise(): (components: EncrypterComponents) => ConnectionEncrypter {
  return components => new Noise(components)
}

class Noise implements ConnectionEncrypter {
  readonly protocol = '/noise'
  readonly [Symbol.toStringTag] = 'noise'
  readonly [serviceCapabilities] = ['@libp2p/connection-encryption']
  readonly #components: EncrypterComponents
  readonly #staticKey: KeyPair = generateKeyPair()
  /** Made once: the static key stays the same, and with some kinds of key it takes milliseconds to sign. */
  #proof: Promise<NoiseHandshakePayload> | undefined

  constructor(components: EncrypterComponents) {
    this.#components = components
  }

  secureOutbound(connection: MessageStream, options: SecureConnectionOptions = {}): Promise<SecuredConnection> {
    return this.#secure(connection, initiate, options, (ours, theirs) => firstCommon(ours, theirs))
  }

  secureInbound(connection: MessageStream, options: SecureConnectionOptions = {}): Promise<SecuredConnection> {
    return this.#secure(connection, respond, options, (ours, theirs) => firstCommon(theirs, ours))
  }

  /** @param agree the muxer on which both sides agree: the one that the side which dials likes best */
  async #secure(
    connection: MessageStream,
    shakeHands: typeof initiate<RemoteIdentity>,
    options: SecureConnectionOptions,
    agree: (ours: readonly string[], theirs: readonly string[]) => string | undefined,
  ): Promise<SecuredConnection> {
    const { remotePeer, signal } = options
    const muxers = muxersToOffer(this.#components, options)
    const offered = [...muxers.keys()]
    this.#proof ??= proveIdentity(this.#components.privateKey, this.#staticKey.publicKey)
    const proof = await this.#proof
    const messages = lpStream(connection, lengthPrefix)
    const abort = signal === undefined ? {} : { signal }
    const result: HandshakeResult<RemoteIdentity> = await shakeHands(
      {
        read: async () => (await messages.read(abort)).subarray(),
        write: message => messages.write(message, abort),
      },
      {
        staticKey: this.#staticKey,
        payload: encodeBody(NoiseHandshakePayload, { ...proof, extensions: { stream_muxers: offered } }),
        accept: (payload, staticKey) => checkIdentity(payload, staticKey, remotePeer),
      },
    )
    const streamMuxer = muxers.get(agree(offered, result.remote.muxers) ?? '')
    return {
      connection: new NoiseConnection(messages.unwrap(), result),
      remotePeer: result.remote.peer,
      ...(streamMuxer !== undefined && { streamMuxer }),
    }
  }
}

function firstCommon(preferred: readonly string[], others: readonly string[]): string | undefined {
  return preferred.find(name => others.includes(name))
}
