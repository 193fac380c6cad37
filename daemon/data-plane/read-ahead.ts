import type { MessageStream, Stream, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import type { Log } from '../log.ts'

/** What muxers are given says more of itself than its type. */
type Pausable = MessageStream & Pick<Stream, 'readStatus'>

/** Unread bytes of one stream from which on its connection is read no further, and below which it is again. */
const FULL = 128 * 1024

/** How long, in ms, all streams of a connection wait for the reader of one of them; go-libp2p's mplex waits five seconds. */
const PATIENCE = 10_000

/** How often, in ms, it is looked whether something was read that nobody has told of. */
const INTERVAL = 50

/**
 * Gives a muxer that has no flow control of its own, as mplex, that of its connection: while somebody does not read what has
 * arrived on a stream, nothing more is read for any. A stream whose reader makes no progress for ten seconds is reset.
 */
export function boundReadAhead<Components>(
  create: (components: Components) => StreamMuxerFactory,
  log: Log,
): (components: Components) => StreamMuxerFactory {
  return components => {
    const factory = create(components)
    const createStreamMuxer = factory.createStreamMuxer.bind(factory)
    factory.createStreamMuxer = connection => {
      const muxer = createStreamMuxer(connection)
      new ReadAhead(connection, muxer, log)
      return muxer
    }
    return factory
  }
}

class ReadAhead {
  readonly #connection: Pausable
  readonly #streams: StreamMuxer['streams']
  readonly #log: Log
  readonly #watched = new WeakSet<Stream>()
  #received = 0
  #holding = false
  #resuming = false
  #progress = 0
  #timer: NodeJS.Timeout | undefined

  constructor(connection: MessageStream, { streams }: StreamMuxer, log: Log) {
    this.#connection = connection as Pausable
    this.#streams = streams
    this.#log = log
    // the muxer listens already: by now the bytes are in their streams
    connection.addEventListener('message', ({ data }) => {
      this.#received += data.byteLength
      // to look at all streams for each of their bytes would be slow
      if (this.#received >= FULL / 4) this.#look()
    })
    connection.addEventListener('close', () => clearInterval(this.#timer))
  }

  #look(): void {
    this.#received = 0
    const full = this.#full()
    if (full.length === 0 || this.#holding) return
    for (const stream of full) this.#watch(stream)
    this.#holding = true
    this.#progress = performance.now()
    this.#timer = setInterval(() => this.#ease(), INTERVAL)
    // what a resume delivers cannot pause: see `stream-io.ts`
    if (!this.#resuming) this.#pause()
  }

  /** Goes on as soon as there is room in every stream. */
  #ease(): void {
    if (!this.#holding) return
    const full = this.#full()
    if (full.length > 0) {
      if (performance.now() - this.#progress >= PATIENCE) this.#giveUp(full)
      return
    }
    this.#holding = false
    clearInterval(this.#timer)
    if (this.#resuming || this.#connection.status !== 'open') return
    this.#resuming = true
    try {
      this.#connection.resume()
    } finally {
      this.#resuming = false
    }
    if (this.#holding) this.#pause()
  }

  #pause(): void {
    if (this.#connection.readStatus === 'readable') this.#connection.pause()
  }

  #giveUp(full: readonly Stream[]): void {
    for (const stream of full) {
      this.#log.warn('reset a stream: its reader kept all others of the connection waiting', {
        protocol: stream.protocol,
        bytes: stream.readBufferLength,
      })
      stream.abort(new Error('what arrived on the stream was not read in time'))
    }
    this.#ease()
  }

  #full(): Stream[] {
    return this.#streams.filter(stream => stream.readBufferLength >= FULL)
  }

  /** Every time that its reader asks for more, something was read. */
  #watch(stream: Stream): void {
    if (this.#watched.has(stream)) return
    this.#watched.add(stream)
    const resume = stream.resume.bind(stream)
    stream.resume = () => {
      resume()
      this.#progress = performance.now()
      queueMicrotask(() => this.#ease())
    }
    stream.addEventListener('close', () => this.#ease())
  }
}
