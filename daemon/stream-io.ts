import { type Stream, StreamResetError } from '@libp2p/interface'
import type { Uint8ArrayList } from 'uint8arraylist'
import { sendLent } from './data-plane/lent.ts'

/**
 * The two directions of a libp2p stream as callbacks with dependable backpressure and dependable endings.
 *
 * libp2p 3's streams are event targets with traps, each met by running: a pause inside a 'message' that a resume
 * delivered is undone when that resume returns; 'end' can come before the last bytes when negotiation pushed them back;
 * a connection that goes away also says 'end'; 'drain' reaches streams whose own window is still shut. They are dealt
 * with here, so that nothing else needs to know.
 */

/** What becomes of the bytes that arrive on a stream. */
export interface StreamSink {
  data(chunk: Uint8Array | Uint8ArrayList): void
  /** The remote closed its writing side, and every byte before that was delivered. */
  end(): void
  /** The stream was reset, or its connection went away: also after the end, while our side is still open. */
  error(error: Error): void
}

export interface StreamReader {
  /** Stops delivery, and with it the remote writer once its window is used up. */
  pause(): void
  resume(): void
}

/** Delivers what arrives on the stream to the sink, from the next microtask on. */
export function readStream(stream: Stream, sink: StreamSink): StreamReader {
  let paused = stream.readStatus === 'paused'
  let resuming = false
  let ended = false
  let failed = false
  let failure: Error | undefined
  // a remote that closed its side before anybody listened leaves only its status behind
  let closedByRemote = stream.status === 'open' && stream.remoteWriteStatus === 'closed'

  const settle = (): void => {
    // what was received comes before what became of the stream
    if (stream.readBufferLength > 0) return
    if (failure !== undefined) {
      if (!failed) sink.error(failure)
      failed = true
    } else if (closedByRemote) {
      if (!ended) sink.end()
      ended = true
    }
  }

  stream.addEventListener('remoteCloseWrite', () => {
    closedByRemote = true
  })
  stream.addEventListener('message', event => {
    sink.data(event.data)
    if (stream.readableEnded) settle()
  })
  stream.addEventListener('end', settle)
  stream.addEventListener('close', event => {
    if (event.error !== undefined || !closedByRemote) failure ??= event.error ?? new StreamResetError()
    settle()
  })

  if (stream.status !== 'open') failure = new StreamResetError()
  if (stream.readableEnded || failure !== undefined) queueMicrotask(settle)

  const setPaused = (): void => {
    if (stream.readStatus === 'readable') stream.pause()
  }

  return {
    pause() {
      paused = true
      if (!resuming) setPaused()
    },
    resume() {
      if (!paused) return
      paused = false
      if (resuming || stream.readStatus !== 'paused') return
      resuming = true
      try {
        stream.resume()
      } finally {
        resuming = false
      }
      if (paused) setPaused()
      else settle()
    },
  }
}

export interface StreamWriter {
  /** Sends, or queues, the bytes, which the stream then owns; false: stop until `drained` is called. */
  write(chunk: Uint8Array | Uint8ArrayList): boolean
  /** The same with bytes that are the caller's own again afterwards. */
  writeLent(chunk: Uint8Array): boolean
  /** Closes our writing side once all is sent; resolves then, or when the stream fails. */
  end(): Promise<void>
}

/** Writes to the stream; after a refused write `drained` is called once, when everything queued has been sent. */
export function writeStream(stream: Stream, drained: () => void): StreamWriter {
  let waiting = false

  stream.addEventListener('drain', () => {
    if (!waiting) return
    // the stream's own listener continues sending in a microtask that was queued before this one
    queueMicrotask(() => {
      if (!waiting || stream.writableNeedsDrain || stream.writeBufferLength > 0) return
      waiting = false
      drained()
    })
  })

  const attempt = (send: () => boolean): boolean => {
    if (stream.writeStatus !== 'writable') return true
    try {
      waiting = !send()
    } catch (error) {
      stream.abort(error as Error)
      return true
    }
    return !waiting
  }

  return {
    write: chunk => attempt(() => stream.send(chunk)),
    writeLent: chunk => attempt(() => sendLent(stream, chunk)),
    async end() {
      try {
        await stream.close()
      } catch {
        // the stream failed before everything was sent: its reader is told
      }
    },
  }
}
