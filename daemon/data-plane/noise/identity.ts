import { publicKeyFromProtobuf, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { type PeerId, type PrivateKey, UnexpectedPeerError } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { decode } from '../../../proto/codec.ts'
import { NoiseHandshakePayload } from '../../../proto/libp2p.ts'
import { expectPeer } from '../../expected-peer.ts'

const SIGNED_PREFIX = Buffer.from('noise-libp2p-static-key:')

/** Who the other side of a handshake is, and which muxers it can speak; empty: it does not say. */
export interface RemoteIdentity {
  readonly peer: PeerId
  readonly muxers: readonly string[]
}

/** The proof that a static key belongs to a libp2p identity. */
export async function proveIdentity(identity: PrivateKey, staticKey: Uint8Array): Promise<NoiseHandshakePayload> {
  return {
    identity_key: publicKeyToProtobuf(identity.publicKey),
    identity_sig: await identity.sign(signed(staticKey)),
  }
}

/**
 * Reads a proof.
 *
 * @throws UnexpectedPeerError when it proves nothing, or that the other side is not the peer expected
 */
export async function checkIdentity(
  payload: Uint8Array,
  staticKey: Uint8Array,
  expected: PeerId | undefined,
): Promise<RemoteIdentity> {
  const proof = decodePayload(payload)
  const { identity_key, identity_sig, extensions } = proof
  if (identity_key == null || identity_sig == null) throw new UnexpectedPeerError('no identity in the noise handshake')
  const key = await attempt('invalid identity key', () => publicKeyFromProtobuf(identity_key))
  const genuine = await attempt('invalid signature', () => key.verify(signed(staticKey), identity_sig))
  if (!genuine) throw new UnexpectedPeerError('handshake signature invalid')
  const peer = await attempt('no peer id', () => peerIdFromPublicKey(key))
  expectPeer(expected?.toString(), peer.toString())
  return { peer, muxers: extensions?.stream_muxers ?? [] }
}

function signed(staticKey: Uint8Array): Uint8Array {
  return Buffer.concat([SIGNED_PREFIX, staticKey])
}

function decodePayload(bytes: Uint8Array): NoiseHandshakePayload {
  try {
    return decode(NoiseHandshakePayload, bytes)
  } catch (cause) {
    throw Object.assign(new UnexpectedPeerError('undecodable noise handshake payload'), { cause })
  }
}

async function attempt<T>(failed: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw Object.assign(new UnexpectedPeerError(`${failed}: ${(error as Error).message}`), { cause: error })
  }
}
