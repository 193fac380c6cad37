import { createHash } from 'node:crypto'
import type { MessageId } from './library.ts'
import type { PubsubMessage } from './rpc.ts'

/**
 * What makes two messages the same one: author and sequence number, as in go. `@libp2p/gossipsub`'s own ids begin with the
 * author's key instead, so that its peers and go's would never know a message again that the other gossips about.
 *
 * A message without either, such as js-libp2p's unsigned ones, is known by what it says. To go all of them are one.
 */
export function messageId({ from, seqno, topic, data }: PubsubMessage): MessageId {
  const msgId =
    isEmpty(from) && isEmpty(seqno)
      ? createHash('sha256')
          .update(topic)
          .update('\0')
          .update(data ?? NOTHING)
          .digest()
      : Buffer.concat([from ?? NOTHING, seqno ?? NOTHING])
  return { msgId, msgIdStr: msgId.toString('latin1') }
}

const NOTHING = new Uint8Array(0)

function isEmpty(bytes: Uint8Array | undefined): boolean {
  return bytes === undefined || bytes.byteLength === 0
}
