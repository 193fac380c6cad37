import type { Stream } from '@libp2p/interface'
import { type StreamWriter, writeStream } from '../stream-io.ts'

/** Bytes that may wait for one peer. What is sent beyond them is lost for it. */
const MAX_WAITING = 16 * 1024 * 1024

/** Bytes above which whoever publishes has to wait with the next message. */
const CALM = 1024 * 1024

/** How long, in ms, a peer may take nothing before nobody waits for it any more. */
const PATIENCE = 1_000

/** RPCs that wait together leave together, about so many bytes at a time: each write costs a yamux frame and a cipher. */
const BATCH = 32 * 1024

/**
 * What waits to be sent to one peer. It exists before the stream to the peer does, so that what is published in between
 * is not lost, and it is bounded: a peer that does not read costs no more memory than that, and nobody's time.
 */
export class Outbox {
  readonly #waiting: Uint8Array[] = []
  #bytes = 0
  #writer: StreamWriter | undefined
  #blocked = false
  #scheduled = false
  #progress = performance.now()
  #calm: (() => void)[] = []

  /** Hands over what waits to this stream, and everything from now on; `hello` goes first. */
  attach(stream: Stream, hello: Uint8Array | undefined): void {
    const writer = writeStream(stream, () => {
      if (this.#writer !== writer) return
      this.#blocked = false
      this.#flush()
    })
    this.#writer = writer
    this.#blocked = false
    if (hello !== undefined) {
      this.#waiting.unshift(hello)
      this.#bytes += hello.byteLength
    }
    this.#flush()
  }

  /** The stream is gone; what waits, waits for the next one. */
  detach(): void {
    this.#writer = undefined
  }

  get attached(): boolean {
    return this.#writer !== undefined
  }

  /** Sends the RPC when its turn comes; false: too much waits already, it is lost. */
  send(rpc: Uint8Array): boolean {
    if (this.#bytes + rpc.byteLength > MAX_WAITING) return false
    if (this.#bytes === 0) this.#progress = performance.now()
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
    const patience = this.#progress + PATIENCE - performance.now()
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
    while (this.#writer !== undefined && !this.#blocked && this.#waiting.length > 0) {
      const batch = this.#nextBatch()
      this.#bytes -= batch.byteLength
      this.#progress = performance.now()
      this.#blocked = !this.#writer.write(batch)
    }
    if (this.#bytes <= CALM) this.#release()
  }

  #nextBatch(): Uint8Array {
    let count = 0
    let bytes = 0
    for (const rpc of this.#waiting) {
      if (count > 0 && bytes + rpc.byteLength > BATCH) break
      count += 1
      bytes += rpc.byteLength
    }
    const batch = this.#waiting.splice(0, count)
    return count === 1 ? (batch[0] as Uint8Array) : Buffer.concat(batch, bytes)
  }

  #release(): void {
    for (const resolve of this.#calm.splice(0)) resolve()
  }
}
