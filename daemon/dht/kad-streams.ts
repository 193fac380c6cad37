import { setMaxListeners } from 'node:events'
import { type Connection, TimeoutError } from '@libp2p/interface'
import { ProtocolError } from '../../proto/codec.ts'
import type { KadMessage } from '../../proto/kad.ts'
import type { KnownProtocols } from '../streams/known-protocols.ts'
import { KadStream } from './kad-stream.ts'
import { KAD_PROTOCOL } from './messenger.ts'

/** How long, in ms, a peer has for its answer, as in go. */
const ANSWER_TIMEOUT = 10_000

/** How long, in ms, a stream is kept for the next question; servers wait for a minute, as go's. */
const IDLE_TIMEOUT = 5_000

/** Streams kept for one connection: for what usually goes on at the same time, not for a burst. */
const MAX_IDLE = 2

interface Idle {
  readonly stream: KadStream
  readonly timer: NodeJS.Timeout
}

/**
 * The streams on which peers are asked. They are kept for the next question, as go keeps them: opening one costs more than
 * all the rest of a question, on both sides.
 */
export class KadStreams {
  readonly #known: KnownProtocols
  readonly #idle = new WeakMap<Connection, Idle[]>()

  constructor(known: KnownProtocols) {
    this.#known = known
  }

  /**
   * Sends a message and returns the answer.
   *
   * @throws when the peer does not speak the protocol or does not answer in ten seconds; the signal's reason
   */
  async request(connection: Connection, message: KadMessage, signal: AbortSignal): Promise<KadMessage> {
    const kept = this.#take(connection)
    if (kept !== undefined) {
      try {
        return await this.#ask(connection, kept, message, signal)
      } catch (error) {
        // a peer may have enough of a stream at any time, and then answers on the next one
        if (signal.aborted || error instanceof ProtocolError || error instanceof TimeoutError) throw error
      }
    }
    return this.#ask(connection, await this.#open(connection, signal), message, signal)
  }

  /** Sends a message that has no answer, on a stream of its own: nothing would tell that a kept one has ended. */
  async send(connection: Connection, message: KadMessage, signal: AbortSignal): Promise<void> {
    const stream = await this.#open(connection, signal)
    void stream.write(message)
    void stream.end()
  }

  async #open(connection: Connection, signal: AbortSignal): Promise<KadStream> {
    const speaks = this.#known.first(connection, [KAD_PROTOCOL]) !== undefined
    const opening = speaks ? this.#known.open(connection, KAD_PROTOCOL, { signal, timeout: ANSWER_TIMEOUT }) : undefined
    const stream = await opening?.catch(error => {
      throw signal.aborted ? signal.reason : error
    })
    if (stream) return new KadStream(stream)
    return new KadStream(
      await connection.newStream(KAD_PROTOCOL, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT)]),
        runOnLimitedConnection: true,
        maxOutboundStreams: Number.POSITIVE_INFINITY,
      }),
    )
  }

  async #ask(connection: Connection, stream: KadStream, message: KadMessage, signal: AbortSignal): Promise<KadMessage> {
    const abandon = (): void => stream.abort(signal.reason)
    const timer = setTimeout(() => stream.abort(new TimeoutError('no answer in time')), ANSWER_TIMEOUT)
    // one signal is for all questions of a search
    setMaxListeners(0, signal)
    signal.addEventListener('abort', abandon)
    try {
      if (signal.aborted) throw signal.reason
      void stream.write(message)
      const answer = await stream.read()
      if (answer === undefined) throw new Error('the stream has ended before an answer')
      this.#keep(connection, stream)
      return answer
    } catch (error) {
      stream.abort(error as Error)
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abandon)
    }
  }

  #take(connection: Connection): KadStream | undefined {
    const idle = this.#idle.get(connection) ?? []
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      clearTimeout(last.timer)
      last.stream.onOver = undefined
      if (last.stream.ready) return last.stream
      last.stream.abort(new Error('an answer that nobody asked for'))
    }
    return undefined
  }

  #keep(connection: Connection, stream: KadStream): void {
    const idle = this.#idle.get(connection) ?? []
    this.#idle.set(connection, idle)
    if (!stream.ready || idle.length >= MAX_IDLE) return void stream.end()
    const drop = (): void => {
      clearTimeout(timer)
      stream.onOver = undefined
      const index = idle.findIndex(other => other.stream === stream)
      idle.splice(index, 1)
      void stream.end()
    }
    const timer = setTimeout(drop, IDLE_TIMEOUT).unref()
    stream.onOver = drop
    idle.push({ stream, timer })
  }
}
