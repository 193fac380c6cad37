import type { PubsubConfig } from '../config.ts'
import type { PubsubMessage } from './rpc.ts'

/**
 * Which messages are signed and which are accepted; go-libp2p-pubsub's policies, as go p2pd's flags choose them.
 *
 * | | sends | accepts from peers |
 * |---|---|---|
 * | `strict` | signed | signed |
 * | `lax` | signed | signed and unsigned |
 * | `unsigned` | unsigned, yet with author and sequence number | unsigned, with these or without |
 */
export type SignaturePolicy = 'strict' | 'lax' | 'unsigned'

/** The policy that the flags ask for: without signing, strictness has no meaning. */
export function signaturePolicy({ sign, signStrict }: PubsubConfig): SignaturePolicy {
  if (!sign) return 'unsigned'
  return signStrict ? 'strict' : 'lax'
}

/** Why the policy refuses a message, whether or not its signature is a good one; undefined when it does not. */
export function refusal(policy: SignaturePolicy, { signature }: PubsubMessage): string | undefined {
  if (policy === 'strict' && signature === undefined) return 'missing signature'
  if (policy === 'unsigned' && signature !== undefined) return 'unexpected signature'
  return undefined
}
