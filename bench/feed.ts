import { decode, encode, PSMessage, PSRequest, Request } from '../proto/codec.ts'
import type { BenchDaemon } from './contestant.ts'
import { findFrame, Wire } from './wire.ts'

const TOPIC = 'bench'
const MESSAGE_BYTES = 1_024

/** Each message says which run it is of: those of an earlier one may come late. This is of those that are not counted. */
export const PROBE_RUN = 0

/** A request to publish a message. */
export function publication(run: number, index: number): Uint8Array {
  const data = Buffer.alloc(MESSAGE_BYTES)
  data.writeUInt32BE(run)
  data.writeUInt32BE(index, 4)
  return encode(Request, { type: Request.Type.PUBSUB, pubsub: { type: PSRequest.Type.PUBLISH, topic: TOPIC, data } })
}

/** A subscription, of which it is counted what has arrived. */
export class Feed implements AsyncDisposable {
  lastArrival = 0
  readonly #wire: Wire
  readonly #expected = new Set<number>()
  #run = PROBE_RUN
  #complete = Promise.withResolvers<void>()
  #rest: Buffer = Buffer.alloc(0)

  private constructor(wire: Wire) {
    this.#wire = wire
    this.#rest = wire.takeKept()
    wire.onBytes = bytes => this.#read(bytes)
  }

  static async open(daemon: BenchDaemon): Promise<Feed> {
    const wire = await Wire.connect(daemon.path)
    const pubsub = { type: PSRequest.Type.SUBSCRIBE, topic: TOPIC }
    await wire.request(encode(Request, { type: Request.Type.PUBSUB, pubsub }))
    return new Feed(wire)
  }

  get missing(): number {
    return this.#expected.size
  }

  /** Settles when everything expected has arrived. */
  get complete(): Promise<void> {
    return this.#complete.promise
  }

  /** Expects so many messages of a run. */
  begin(run: number, count: number): void {
    this.#complete = Promise.withResolvers()
    this.#run = run
    this.#expected.clear()
    for (let index = 0; index < count; index++) this.#expected.add(index)
  }

  #read(bytes: Buffer): void {
    const all = this.#rest.byteLength === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    let position = 0
    for (let frame = findFrame(all); frame !== undefined; frame = findFrame(all, position)) {
      this.#arrived(decode(PSMessage, all.subarray(frame.start, frame.end)).data as Buffer)
      position = frame.end
    }
    this.#rest = Buffer.from(all.subarray(position))
  }

  #arrived(data: Buffer): void {
    if (data.readUInt32BE() !== this.#run) return
    this.lastArrival = performance.now()
    this.#expected.delete(data.readUInt32BE(4))
    if (this.#expected.size === 0) this.#complete.resolve()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#wire.close()
  }
}
