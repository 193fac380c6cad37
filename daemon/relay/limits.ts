import type { ConnectionLimits } from '@libp2p/interface'
import type { CircuitLimit } from '../../proto/libp2p.ts'

/**
 * What the relay says that a circuit may use, as libp2p keeps it with a connection; undefined when it sets no limit, and
 * the connection is as good as a direct one. Only the relay knows what is used up: these are the limits at the start.
 */
export function connectionLimits(limit: CircuitLimit | null | undefined): ConnectionLimits | undefined {
  const { data, duration } = limit ?? {}
  if (!data && !duration) return undefined
  return { ...(data && { bytes: BigInt(data) }), ...(duration && { seconds: duration }) }
}
