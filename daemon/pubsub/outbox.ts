import type { Stream } from '@libp2p/interface'
import { type StreamWriter, writeStream } from '../stream-io.ts'
import type { Pace } from './pace.ts'

/** Bytes that may wait for one peer. What is sent beyond them is lost for it. */
const MAX_WAITING = 16 * 1024 * 1024

/** Bytes above which whoever publishes has to wait with the next message. */
const CALM = 1024 * 1024

/**
 * How long, in ms, a peer may take nothing, or too little, before nobody waits for it any more: a burst that it only needs
 * time for is not lost, and a peer that is slower for good does not make everybody as slow.
 */
const STALLED = 1_000
const SLOW = 5_000

/** RPCs that wait together leave together, about so many bytes at a time: each write costs a yamux frame and a cipher. */
const BATCH = 32 * 1024

/**
 * RPCs that a peer with a pace gets in one round. Found by trying, not derived: of single bursts of 1,000 to go on a busy
 * machine up to 200 were lost at 12, up to 50 at 8, none at 5. Several daemons that publish at once to the same go peer
 * still overrun its queue, of which none of them knows the others' share.
 */
const ROUND = 5

/** A peer that was sent nothing for so many ms has no round to finish. */
const ROUND_TIMEOUT = 100

/**
 * What waits to be sent to one peer. It exists before the stream to the peer does, so that what is published in between
 * is not lost, and it is bounded: a peer that does not read costs no more memory than that, and nobody's time.
 */
export class Outbox {
  readonly #waiting: Uint8Array[] = []
  #bytes = 0
  #writer: StreamWriter | undefined
  #pace: Pace | undefined
  /** RPCs that still belong to this round. */
  #left = ROUND
  #awaiting = false
  #blocked = false
  #scheduled = false
  #progress = performance.now()
  /** Since when more has been waiting than is calm. */
  #crowded = 0
  #calm: (() => void)[] = []

  /** Hands over what waits to this stream, and everything from now on; `hello` goes first. */
  attach(stream: Stream, hello: Uint8Array, pace?: Pace): void {
    const writer = writeStream(stream, () => {
      if (this.#writer !== writer) return
      this.#blocked = false
      this.#flush()
    })
    this.#writer = writer
    this.#pace = pace
    this.#blocked = false
    this.#waiting.unshift(hello)
    this.#bytes += hello.byteLength
    this.#flush()
  }

  /** The stream is gone; what waits, waits for the next one. */
  detach(): void {
    this.#writer = undefined
    this.#pace?.close()
    this.#pace = undefined
  }

  get attached(): boolean {
    return this.#writer !== undefined
  }

  /** Sends the RPC when its turn comes; false: too much waits already, it is lost. */
  send(rpc: Uint8Array): boolean {
    if (this.#bytes + rpc.byteLength > MAX_WAITING) return false
    if (this.#bytes === 0) this.#progress = performance.now()
    if (this.#bytes <= CALM) this.#crowded = performance.now()
    this.#waiting.push(rpc)
    this.#bytes += rpc.byteLength
    if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        this.#flush()
      })
    }
    return true
  }

  /** Resolves when little waits, when the peer is one that takes nothing, or when it is given up. */
  async calm(): Promise<void> {
    if (this.#bytes <= CALM) return
    const patience = Math.min(this.#progress + STALLED, this.#crowded + SLOW) - performance.now()
    if (patience <= 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#calm.push(resolve)
    const timer = setTimeout(() => void this.calm().then(resolve), patience)
    await promise.finally(() => clearTimeout(timer))
  }

  /** Forgets what waits: the peer is gone. */
  close(): void {
    this.detach()
    this.#waiting.length = 0
    this.#bytes = 0
    this.#release()
  }

  #flush(): void {
    if (performance.now() - this.#progress > ROUND_TIMEOUT) this.#left = ROUND
    while (this.#writer !== undefined && !this.#blocked && this.#waiting.length > 0) {
      if (this.#pace !== undefined && this.#left === 0) break
      const batch = this.#nextBatch()
      this.#bytes -= batch.byteLength
      this.#progress = performance.now()
      this.#blocked = !this.#writer.write(batch)
    }
    if (this.#bytes <= CALM) this.#release()
    if (this.#pace !== undefined && this.#left === 0) void this.#endRound(this.#pace)
  }

  async #endRound(pace: Pace): Promise<void> {
    if (this.#awaiting) return
    this.#awaiting = true
    await pace.round()
    this.#awaiting = false
    this.#left = ROUND
    this.#flush()
  }

  #nextBatch(): Uint8Array {
    const most = this.#pace === undefined ? this.#waiting.length : this.#left
    let count = 0
    let bytes = 0
    for (const { byteLength } of this.#waiting) {
      if (count === most || (count > 0 && bytes + byteLength > BATCH)) break
      count += 1
      bytes += byteLength
    }
    this.#left = Math.max(0, this.#left - count)
    const batch = this.#waiting.splice(0, count)
    return count === 1 ? (batch[0] as Uint8Array) : Buffer.concat(batch, bytes)
  }

  #release(): void {
    for (const resolve of this.#calm.splice(0)) resolve()
  }
}
