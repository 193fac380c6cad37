import { UnexpectedPeerError } from '@libp2p/interface'
import { peerMismatch } from './dial-reason.ts'

/**
 * Insists that a connection leads to the peer that was asked for. Ids are compared, not keys: of an RSA or ECDSA key its
 * id is only the hash, and who expects such a peer knows no more.
 *
 * @throws UnexpectedPeerError in go's words
 */
export function expectPeer(expected: string | undefined, actual: string): void {
  if (expected === undefined || expected === actual) return
  throw new UnexpectedPeerError(peerMismatch(expected, actual))
}
