import type { Socket } from 'node:net'
import type { MessageStream, Stream } from '@libp2p/interface'
import type { LimitsConfig } from '../config.ts'
import { compactReadBuffer } from './compact.ts'
import { LimitError } from './limit-error.ts'

/** What is held is added up each time that this part of the limit has passed through, and whenever it may be too much. */
const STEP = 1 / 16

/** Told of a stream, or the whole connection, that is cut because of a limit; `streams` are those of the connection. */
export type OnCut = (error: LimitError, streams: readonly Stream[], stream?: Stream) => void

/**
 * What one connection with a peer holds in this daemon: its streams, and the bytes that wait in them, in the sockets of
 * their applications, and in the connection itself. A socket whose application has yet to take what a stream has left
 * behind counts as a stream.
 *
 * Flow control bounds each stream, and knows nothing of their sum: when that is over the limit, the streams that hold
 * most are reset, with their applications' sockets, until it is not.
 */
export class ConnectionAccount {
  readonly #connection: MessageStream
  readonly #streams: readonly Stream[]
  readonly #limits: LimitsConfig
  readonly #onCut: OnCut
  readonly #sockets = new Map<Stream, Socket>()
  /** Sockets that have outlived their streams. */
  #left = 0
  /** What the last count found, and what has passed through since. */
  #counted = 0
  #since = 0

  /**
   * @param connection carries the streams' bytes
   * @param streams the open ones, kept up to date by the muxer
   */
  constructor(connection: MessageStream, streams: readonly Stream[], limits: LimitsConfig, onCut: OnCut) {
    this.#connection = connection
    this.#streams = streams
    this.#limits = limits
    this.#onCut = onCut
    if (limits.connectionMemory > 0) connection.addEventListener('message', ({ data }) => this.pass(data.byteLength))
  }

  /** @throws LimitError when there is no room for another stream */
  check(): void {
    const { streams, connectionMemory } = this.#limits
    if (streams > 0 && this.#streams.length + this.#left >= streams) {
      throw new LimitError(streams, 'streams on one connection', 'maxStreams')
    }
    const full = connectionMemory * (1 - STEP)
    if (connectionMemory > 0 && this.#counted + this.#since > full && this.#count() > full) throw this.#tooMuchMemory()
  }

  /** Counts the socket of the stream's application until it is closed. */
  addSocket(stream: Stream, socket: Socket): void {
    this.#sockets.set(stream, socket)
    let outlives = false
    const onStreamClose = (): void => {
      if (!this.#sockets.has(stream)) return
      outlives = true
      this.#left += 1
    }
    // it has just been opened: searched from its end, even a long list says so at once
    if (this.#streams.lastIndexOf(stream) !== -1) stream.addEventListener('close', onStreamClose)
    else onStreamClose()
    socket.once('close', () => {
      this.#sockets.delete(stream)
      if (outlives) this.#left -= 1
    })
  }

  /** To be told of all bytes that may now be waiting somewhere. */
  pass(bytes: number): void {
    const { connectionMemory: limit } = this.#limits
    if (limit === 0) return
    this.#since += bytes
    if (this.#since < limit * STEP && this.#counted + this.#since <= limit) return
    if (this.#count() > limit) this.#cut(limit * (1 - STEP))
  }

  #count(): number {
    let sum = this.#connection.writeBufferLength
    for (const stream of this.#streams) {
      compactReadBuffer(stream)
      sum += stream.readBufferLength + stream.writeBufferLength
    }
    for (const socket of this.#sockets.values()) sum += socket.writableLength
    this.#since = 0
    this.#counted = sum
    return sum
  }

  /** Resets who holds most until no more than this is held. */
  #cut(target: number): void {
    const error = this.#tooMuchMemory()
    const holders = new Set([...this.#streams, ...this.#sockets.keys()])
    const byWeight = [...holders]
      .map(stream => ({ stream, held: this.#heldBy(stream) }))
      .sort((a, b) => b.held - a.held)
    for (const { stream, held } of byWeight) {
      if (this.#counted <= target) return
      if (held === 0) break
      this.#counted -= held
      this.#onCut(error, this.#streams, stream)
      // to wait until the application takes what it was sent, as after other resets, is what is too expensive
      this.#sockets.get(stream)?.destroy()
      stream.abort(error)
    }
    if (this.#counted <= target) return
    // what is left waits for the peer to read it
    this.#onCut(error, this.#streams)
    this.#connection.abort(error)
  }

  #heldBy(stream: Stream): number {
    return stream.readBufferLength + stream.writeBufferLength + (this.#sockets.get(stream)?.writableLength ?? 0)
  }

  #tooMuchMemory(): LimitError {
    return new LimitError(this.#limits.connectionMemory, 'bytes buffered for one connection', 'maxConnectionMemory')
  }
}
