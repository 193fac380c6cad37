/** How long, in ms, a message may have to wait for a peer that is only just telling of its subscription. */
const LATE = 500

/** How long, in ms, after connecting a peer is waited for to say what it is subscribed to. */
const HELLO_TIMEOUT = 5_000

/** Bytes of messages that are kept; the oldest go first. */
const MAX_BYTES = 4 * 1024 * 1024

interface Published {
  readonly at: number
  readonly topic: string
  readonly rpc: Uint8Array
}

/**
 * The messages that this daemon's clients published last, for peers whose subscription was on its way meanwhile: who
 * publishes right after connecting to a subscriber does not know of it yet, and go's daemon sends the message to nobody.
 */
export class Latest {
  readonly #published: Published[] = []
  #bytes = 0
  /** When each peer connected that has not said anything yet. */
  readonly #silent = new Map<string, number>()

  connected(peer: string): void {
    if (!this.#silent.has(peer)) this.#silent.set(peer, performance.now())
  }

  /** The peer has said what it is subscribed to, or has gone. */
  introduced(peer: string): void {
    this.#silent.delete(peer)
  }

  add(topic: string, rpc: Uint8Array): void {
    this.#published.push({ at: performance.now(), topic, rpc })
    this.#bytes += rpc.byteLength
    this.#forget()
  }

  /** What a peer that has just told of its subscription should have got. */
  *missedBy(peer: string, topic: string): Generator<Uint8Array> {
    this.#forget()
    const since = this.#silent.get(peer) ?? performance.now() - LATE
    for (const message of this.#published) if (message.topic === topic && message.at >= since) yield message.rpc
  }

  #forget(): void {
    const now = performance.now()
    for (const [peer, at] of this.#silent) {
      // the order is that of connecting
      if (at >= now - HELLO_TIMEOUT) break
      this.#silent.delete(peer)
    }
    const oldest = Math.min(now - LATE, this.#silent.values().next().value ?? now)
    let outdated = 0
    for (const { at, rpc } of this.#published) {
      if (at >= oldest && this.#bytes <= MAX_BYTES) break
      outdated += 1
      this.#bytes -= rpc.byteLength
    }
    if (outdated > 0) this.#published.splice(0, outdated)
  }
}
