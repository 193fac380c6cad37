import type { PeerId, Startable } from '@libp2p/interface'
import { encode, PSMessage } from '../../proto/codec.ts'
import type { PubsubConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { type FedMessage, Feed } from './feed.ts'
import type { RouterComponents } from './library.ts'
import { Router, type RouterCounters } from './router.ts'
import type { PubsubMessage } from './rpc.ts'

/** One client's subscription to one topic. */
export interface Subscription {
  readonly feed: Feed
  /** Ends it, and with the last one of the topic the daemon's. */
  cancel(): void
}

export interface PubsubCounters extends RouterCounters {
  /** To clients, each subscription counted. */
  delivered: number
  /** Not delivered to clients that do not read. */
  dropped: number
}

/** Pubsub as clients of the daemon see it: many subscriptions to a topic are one to the router. */
export class Pubsub implements Startable {
  readonly #router: Router
  readonly #log: Log
  readonly #feeds = new Map<string, Set<Feed>>()
  #delivered = 0
  #dropped = 0

  constructor(components: RouterComponents, config: PubsubConfig, log: Log) {
    this.#log = log
    this.#router = new Router(components, { config, log, deliver: message => this.#deliver(message) })
  }

  async start(): Promise<void> {
    await this.#router.start()
  }

  async stop(): Promise<void> {
    await this.#router.stop()
  }

  get counters(): PubsubCounters {
    return { ...this.#router.counters, delivered: this.#delivered, dropped: this.#dropped }
  }

  /** The topics that clients are subscribed to. */
  get topics(): string[] {
    return [...this.#feeds.keys()]
  }

  /** The peers that are subscribed to the topic; without one, all that speak pubsub. */
  peers(topic: string): PeerId[] {
    return topic === '' ? this.#router.getPeers() : this.#router.getSubscribers(topic)
  }

  /** Whether messages reach this daemon, or others through it, by way of this peer. */
  isInMesh(peer: string): boolean {
    return this.#router.mesh.values().some(peers => peers.has(peer))
  }

  /**
   * Publishes; resolves when the peers have taken the message, or those that have not are too slow to be waited for.
   *
   * @throws RequestError ERR_LIMIT when the message is too long for the peers that want it
   */
  publish(topic: string, data: Uint8Array | undefined): Promise<void> {
    return this.#router.publish(topic, data)
  }

  subscribe(topic: string): Subscription {
    const feeds = this.#feeds.get(topic) ?? new Set()
    const feed = new Feed(count =>
      this.#log.warn(`${count} messages dropped for a subscriber that does not read`, { topic }),
    )
    feeds.add(feed)
    if (feeds.size === 1) {
      this.#feeds.set(topic, feeds)
      this.#router.subscribe(topic)
    }
    const cancel = (): void => {
      if (!feeds.delete(feed)) return
      feed.close()
      if (feeds.size > 0) return
      this.#feeds.delete(topic)
      if (this.#router.isStarted()) this.#router.unsubscribe(topic)
    }
    return { feed, cancel }
  }

  #deliver(message: PubsubMessage): void {
    const feeds = this.#feeds.get(message.topic)
    if (feeds === undefined) return
    const fed = toFed(message)
    for (const feed of feeds) {
      if (feed.push(fed)) this.#delivered += 1
      else this.#dropped += 1
    }
  }
}

function toFed({ from, data, seqno, topic, signature, key }: PubsubMessage): FedMessage {
  const message = {
    from: from ?? null,
    data: data ?? null,
    seqno: seqno ?? null,
    topicIDs: [topic],
    signature: signature ?? null,
    key: key ?? null,
  }
  return {
    frame: encode(PSMessage, message),
    frameAfter: dropped => encode(PSMessage, { ...message, dropped }),
  }
}
