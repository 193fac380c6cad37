import { MAX_PLAINTEXT } from './frame-sealer.ts'

/** Buffers that nobody uses at the moment: only connections with something to send need one. */
const spare: Buffer[] = []
const MAX_SPARE = 8

/** Plaintext that waits for more to share a message with, at most one message of it. */
export class WaitingPlaintext {
  #buffer: Buffer | undefined
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Copies bytes, which have to fit behind those that wait. */
  append(bytes: Uint8Array): void {
    this.#buffer ??= spare.pop() ?? Buffer.allocUnsafeSlow(MAX_PLAINTEXT)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.byteLength
  }

  /** Hands over what waits, to be used before anything else is done. */
  take(): Uint8Array {
    const taken = this.#buffer?.subarray(0, this.#length) ?? new Uint8Array(0)
    this.clear()
    return taken
  }

  clear(): void {
    if (this.#buffer !== undefined && spare.length < MAX_SPARE) spare.push(this.#buffer)
    this.#buffer = undefined
    this.#length = 0
  }
}
