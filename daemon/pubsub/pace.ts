import { randomBytes } from 'node:crypto'
import type { Connection, Stream } from '@libp2p/interface'
import { readStream } from '../stream-io.ts'

const PING = '/ipfs/ping/1.0.0'
const PING_LENGTH = 32

/** How long, in ms, a peer nearby is waited for: busy, it takes longer than its distance explains. */
const PATIENCE = 100

/** From so many ms on it is the distance that takes the time, and for no answer so long is waited. */
const FAR = 5

/** No round is shorter, in ms: a ping is answered sooner than eight signatures are verified. */
const SHORTEST = 1

/** Pings that a peer may leave unanswered in a row before it is sent no more. */
const TRIES = 3

/**
 * Tells when a peer has probably dealt with what it was sent: when it has answered a ping sent behind it.
 *
 * go-libp2p-pubsub verifies what it receives beside the loop that reads it, with room for 32 messages, and hands them to
 * subscriptions with room for 32 more. Whatever comes faster it drops, and nothing tells the sender. Time alone is no
 * measure: a process that was not scheduled for a while finds everything at once.
 */
export class Pace {
  readonly #connection: Connection
  #stream: Stream | undefined
  #answered: (() => void) | undefined
  #received = 0
  #shortest = Number.POSITIVE_INFINITY
  #unanswered = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Resolves when the peer may be sent more. Never rejects. */
  async round(): Promise<void> {
    if (this.#unanswered >= TRIES) return waitFor(FAR)
    const far = this.#shortest > FAR && this.#shortest < PATIENCE
    const started = performance.now()
    const answer = new Promise<void>(resolve => {
      this.#answered = resolve
    }).then(() => {
      this.#unanswered = 0
      this.#shortest = Math.min(this.#shortest, performance.now() - started)
    })
    this.#unanswered += 1
    try {
      await this.#ping()
    } catch {
      // it speaks no ping
      this.#unanswered = TRIES
      return waitFor(FAR)
    }
    await Promise.all([answeredOrTired(answer, far ? FAR : PATIENCE), waitFor(SHORTEST)])
  }

  close(): void {
    this.#stream?.abort(new Error('not needed any more'))
  }

  async #ping(): Promise<void> {
    if (this.#stream?.status !== 'open') this.#stream = await this.#open()
    this.#received = 0
    this.#stream.send(randomBytes(PING_LENGTH))
  }

  async #open(): Promise<Stream> {
    const stream = await this.#connection.newStream(PING, { signal: AbortSignal.timeout(PATIENCE) })
    const reader = readStream(stream, {
      data: ({ byteLength }) => {
        this.#received += byteLength
        if (this.#received >= PING_LENGTH) this.#answered?.()
      },
      end: () => stream.abort(new Error('no more answers')),
      error() {},
    })
    reader.resume()
    return stream
  }
}

async function answeredOrTired(answer: Promise<void>, patience: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, patience)
  await Promise.race([answer, promise])
  clearTimeout(timer)
}

function waitFor(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms)
  })
}
