import type { PeerId } from '@libp2p/interface'
import { type PSMessage, PSRequest, type PSResponse, Request } from '../../../proto/codec.ts'
import type { Connection, RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'
import { ClientError } from '../errors.ts'
import { promised, toPeerId } from '../peer-info.ts'

/** A message of a subscription. */
export interface PubsubMessage {
  /** Its author; undefined where it does not say. */
  readonly from: PeerId | undefined
  readonly topic: string
  /** Empty where the author sent none. */
  readonly data: Uint8Array
  /** Counts the author's messages; undefined where it does not say. */
  readonly sequenceNumber: bigint | undefined
  /** Undefined: not signed. */
  readonly signature: Uint8Array | undefined
  /** The author's public key, where its peer id does not contain it. */
  readonly key: Uint8Array | undefined
  /** Messages before this one that the daemon dropped, because what came before them was not read in time. */
  readonly dropped: number
}

/** A subscription: an iterable of its messages, that ends with it. It can be iterated once. */
export interface PubsubSubscription extends AsyncIterableIterator<PubsubMessage>, AsyncDisposable {
  readonly topic: string
  /** Ends the subscription. Who waits for a message is told that there is none. */
  close(): Promise<void>
}

export interface PubsubRequests {
  readonly pubsub: {
    /**
     * Subscribes to a topic. `signal` ends the subscription, whenever it aborts: the iteration then rejects with its
     * reason.
     */
    subscribe(topic: string, options?: RequestOptions): Promise<PubsubSubscription>
    /** Publishes a message, for which no subscription is needed, and no peer. */
    publish(topic: string, data: Uint8Array | string, options?: RequestOptions): Promise<void>
    /** The topics that the daemon is subscribed to, for this client or others. */
    topics(options?: RequestOptions): Promise<string[]>
    /** The peers that are subscribed to the topic; without one, all that speak pubsub. */
    peers(topic?: string, options?: RequestOptions): Promise<PeerId[]>
  }
}

/** PUBSUB. */
export function pubsubRequests(control: Control): PubsubRequests {
  const ask = async (
    pubsub: PSRequest,
    options: RequestOptions | undefined,
  ): Promise<PSResponse | null | undefined> => {
    const response = await control.request({ type: Request.Type.PUBSUB, pubsub }, options)
    return response.pubsub
  }
  return {
    pubsub: {
      async subscribe(topic, options = {}) {
        const pubsub = { type: PSRequest.Type.SUBSCRIBE, topic }
        const { connection } = await control.takeOver({ type: Request.Type.PUBSUB, pubsub }, options)
        return toSubscription(connection, topic, options)
      },

      async publish(topic, data, options) {
        await ask({ type: PSRequest.Type.PUBLISH, topic, data: toBytes(data) }, options)
      },

      async topics(options) {
        return promised(await ask({ type: PSRequest.Type.GET_TOPICS }, options), 'a list of topics').topics ?? []
      },

      async peers(topic = '', options = {}) {
        const response = await ask({ type: PSRequest.Type.LIST_PEERS, topic }, options)
        return (promised(response, 'a list of peers').peerIDs ?? []).map(toPeerId)
      },
    },
  }
}

function toSubscription(connection: Connection, topic: string, { signal }: RequestOptions): PubsubSubscription {
  let closed = false
  const end = async (): Promise<void> => {
    closed = true
    await connection.close()
  }
  const abort = (): void => void connection.socket.destroy()
  signal?.addEventListener('abort', abort, { once: true })
  void connection.closed.then(() => signal?.removeEventListener('abort', abort))
  const over = { done: true, value: undefined } as const
  const subscription: PubsubSubscription = {
    topic,
    async next() {
      if (closed) return over
      try {
        return { done: false, value: toMessage(await connection.receive('PSMessage', { signal }), topic) }
      } catch (error) {
        if (closed) return over
        throw error
      }
    },
    async return() {
      await end()
      return over
    },
    close: end,
    [Symbol.asyncIterator]: () => subscription,
    [Symbol.asyncDispose]: end,
  }
  return subscription
}

function toMessage({ from, data, seqno, topicIDs, signature, key, dropped }: PSMessage, topic: string): PubsubMessage {
  if (topicIDs?.length !== 1 || topicIDs[0] !== topic) {
    throw new ClientError('ERR_PROTOCOL', `expected a message of topic ${topic}, got one of ${topicIDs?.join(', ')}`)
  }
  return {
    from: from?.length ? toPeerId(from) : undefined,
    topic,
    data: data ?? new Uint8Array(0),
    sequenceNumber: seqno?.length ? toBigInt(seqno) : undefined,
    signature: signature ?? undefined,
    key: key ?? undefined,
    dropped: dropped ?? 0,
  }
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

function toBytes(data: Uint8Array | string): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data) : data
}
