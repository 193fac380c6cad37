import type { Stream } from '@libp2p/interface'
import { Uint8ArrayList } from 'uint8arraylist'

/** Pieces smaller than this on average, in bytes, are worth joining: each costs that much by itself, or more. */
const SMALL_PIECE = 1_024

/**
 * Joins the pieces in which unread bytes arrived if they are many and small: a peer that sends its bytes one by one would
 * otherwise make a stream hold a hundred times what it counts. libp2p has no way to ask for that.
 */
export function compactReadBuffer(stream: Stream): void {
  const { readBuffer } = stream as unknown as { readBuffer?: unknown }
  if (!(readBuffer instanceof Uint8ArrayList) || readBuffer.byteLength === 0) return
  let pieces = 0
  for (const _ of readBuffer) pieces += 1
  if (pieces < 2 || readBuffer.byteLength / pieces >= SMALL_PIECE) return
  const joined = readBuffer.slice()
  readBuffer.consume(joined.byteLength)
  readBuffer.append(joined)
}
