/** Messages published between two heartbeats that go's queue of 32 may not have had room for. */
const BURST = 16

/** Heartbeats for which peers are told of a burst. */
const REMINDERS = 3

/** Message ids that go looks at in one heartbeat. */
const MAX_IDS = 5_000

/**
 * Bursts of messages that this daemon's clients have just published. go drops what it has no room for without a word, and
 * asks for it again when it hears of it; but gossip goes only to those who should not have got the messages anyway.
 */
export class Bursts {
  /** Message ids by topic, and by the heartbeat that follows, the next one first. */
  readonly #published: Map<string, Uint8Array[]>[] = [new Map()]

  add(topic: string, id: Uint8Array): void {
    const ids = this.#published[0]?.get(topic)
    if (ids === undefined) this.#published[0]?.set(topic, [id])
    else if (ids.length < MAX_IDS) ids.push(id)
  }

  /** What every subscriber should be asked about at this heartbeat. */
  *remind(): Generator<{ readonly topicID: string; readonly messageIDs: Uint8Array[] }> {
    for (const burst of this.#published) {
      for (const [topicID, messageIDs] of burst) if (messageIDs.length >= BURST) yield { topicID, messageIDs }
    }
    this.#published.unshift(new Map())
    this.#published.length = Math.min(this.#published.length, REMINDERS)
  }
}
