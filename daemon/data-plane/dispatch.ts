import { StreamMessageEvent } from '@libp2p/interface'
import type { AbstractMessageStream } from '@libp2p/utils'
import type { Uint8ArrayList } from 'uint8arraylist'

/**
 * Gives bytes that have just arrived to who listens, if somebody does and nothing waits before them; false: they are the
 * base class's to keep, which would otherwise put every chunk through two lists on its way.
 */
export function dispatchAtOnce(
  stream: AbstractMessageStream,
  data: Uint8Array<ArrayBuffer> | Uint8ArrayList<ArrayBuffer>,
): boolean {
  if (stream.readStatus !== 'readable' || stream.readBufferLength > 0 || stream.listenerCount('message') === 0) {
    return false
  }
  stream.dispatchEvent(new StreamMessageEvent(data))
  return true
}
