import type { YamuxStream } from './stream.ts'

/** How often, in ms, the streams of a connection are looked at. */
const INTERVAL = 180_000

/** So many looks in a row have to find a stream where it was: half an hour. */
const PATIENCE = 10

/**
 * Ends streams on which nothing will ever move again. Go's `Close` stops reading as well as writing and says only the
 * latter: what is sent to it afterwards is thrown away without a reset and without a window for more, for as long as the
 * connection lives, and who answers with more than one window waits just as long.
 *
 * No frame finds out whether the other side still reads; only time does. A remote that has ended its side, has left no
 * room, and makes none for half an hour is taken to be gone: one that merely pauses may do so for long. Looks are counted and not the time, as a process that was asleep
 * has not waited.
 */
export class StalledStreams {
  readonly #streams: readonly YamuxStream[]
  /** What the last look found stalled: by how much each had been allowed to send, and for how many looks. */
  #seen = new Map<YamuxStream, { readonly grants: number; readonly looks: number }>()
  #interval: NodeJS.Timeout | undefined

  /** @param streams the open ones, kept up to date by the muxer */
  constructor(streams: readonly YamuxStream[]) {
    this.#streams = streams
  }

  start(): void {
    this.#interval = setInterval(() => this.look(), INTERVAL).unref()
  }

  stop(): void {
    clearInterval(this.#interval)
  }

  look(): void {
    const before = this.#seen
    this.#seen = new Map()
    // a stream that is reset leaves the list
    for (const stream of this.#streams.filter(isStalled)) {
      const { grants } = stream
      const last = before.get(stream)
      const looks = last?.grants === grants ? last.looks + 1 : 0
      if (looks < PATIENCE) this.#seen.set(stream, { grants, looks })
      else stream.abort(new Error('the peer has closed its side of the stream and reads no more'))
    }
  }
}

/** Whether it has something to send to a remote that has ended its side and leaves no room. */
function isStalled(stream: YamuxStream): boolean {
  return stream.remoteWriteStatus === 'closed' && stream.sendWindow === 0 && stream.writableNeedsDrain
}
