import type { Socket } from 'node:net'
import type { Stream } from '@libp2p/interface'
import { opened } from './data-plane/disposal.ts'
import { readInto } from './data-plane/read-into.ts'
import { SocketWriter } from './data-plane/socket-writer.ts'
import type { Endpoint } from './endpoints/address.ts'
import { accountOf } from './limits/limit-muxer.ts'
import { readStream, writeStream } from './stream-io.ts'

/** How often, in ms, a half-closed socket is asked whether its application is still there. */
const PRESENCE_INTERVAL = 1_000

/**
 * How long, in ms, a remote may go on using a stream whose application has closed its Unix socket. On TCP a failed write
 * is a reset, whether the application meant it or not, and the remote is told at once.
 */
const LINGER = 10_000

/** When, in ms, the kernel starts asking whether the other end of an idle TCP socket is still there. */
const KEEP_ALIVE = 15_000

/**
 * Writes that may wait for an application to read. Each costs some hundred bytes beside its own, which the socket's own
 * measure of its buffer leaves out: a remote that sends byte by byte would make a slow reader expensive.
 */
const MAX_WAITING = 256

/**
 * Makes one pipe of an application's socket and a libp2p stream: each side's end becomes the other's half-close, a
 * reset becomes an error on the other side, and a side that does not read stops the writer at the other end.
 *
 * Bytes that one side sent before it went away still reach the other. Resolves when both are finished with.
 *
 * @param kind what the socket is of: asked, it would not know any more once its other end has reset it
 * @param early bytes that the application sent before the pipe existed
 */
export function splice(
  socket: Socket,
  stream: Stream,
  kind: Endpoint['kind'],
  early: Uint8Array = new Uint8Array(0),
): Promise<void> {
  const unix = kind === 'unix'
  const account = accountOf(stream)
  let applicationGone = false
  let streamFailed = false
  let sent = false
  let ending: Promise<void> | undefined
  let waiting = 0
  let presence: NodeJS.Timeout | undefined
  let linger: NodeJS.Timeout | undefined

  const received = new SocketWriter(socket, opened)
  const writer = writeStream(stream, () => socket.resume())

  const reader = readStream(stream, {
    data(chunk) {
      if (applicationGone) return
      const more = received.write(chunk)
      // what the system has taken at once does not wait, whatever the socket says
      if (socket.writableLength === 0) waiting = 0
      else if (!more) reader.pause()
      else if (++waiting === MAX_WAITING) {
        reader.pause()
        socket.write('', () => reader.resume())
      }
    },
    end() {
      socket.end()
    },
    error() {
      streamFailed = true
      if (applicationGone) socket.destroy()
      else resetSocket(socket, unix)
    },
  })

  const lingerWhenGone = (): void => {
    if (!applicationGone || !sent || linger !== undefined) return
    linger = setTimeout(() => stream.abort(new Error('the application is gone')), unix ? LINGER : 0)
  }
  const checkPresence = (): void => {
    if (socket.writable && socket.writableLength === 0) socket.write('')
  }
  const onEnd = (): void => {
    // a half-close looks like a full close, or like a reset that followed it, until the socket is written to
    if (!applicationGone) {
      presence = setInterval(checkPresence, PRESENCE_INTERVAL).unref()
      checkPresence()
    }
    ending = writer.end().then(() => {
      sent = true
      lingerWhenGone()
    })
  }
  catchWriteErrors(socket, () => {
    applicationGone = true
    clearInterval(presence)
    if (streamFailed) socket.destroy()
    else reader.resume()
    lingerWhenGone()
  })

  socket.on('end', onEnd)
  socket.on('drain', () => reader.resume())
  socket.on('error', error => stream.abort(error))

  account?.addSocket(stream, socket)
  if (!unix) socket.setKeepAlive(true, KEEP_ALIVE)
  socket.pause()
  let more = early.byteLength === 0 || writer.write(early)
  readInto(socket, chunk => {
    more = writer.writeLent(chunk)
    if (!more) socket.pause()
    account?.pass(chunk.byteLength)
  })
  if (more) socket.resume()
  if (socket.readableEnded) onEnd()
  reader.resume()

  const { promise, resolve } = Promise.withResolvers<void>()
  socket.once('close', () => {
    clearInterval(presence)
    clearTimeout(linger)
    // what the application has sent may still be on its way; otherwise the stream must not outlive its socket
    void (ending ?? Promise.resolve()).then(() => {
      stream.abort(new Error('the application closed its socket'))
      resolve()
    })
  })
  return promise
}

/** Ends the socket so that its application can tell: what was received is delivered first, TCP then gets a reset. */
function resetSocket(socket: Socket, unix: boolean): void {
  if (unix) socket.destroySoon()
  else if (socket.writable) socket.write('', () => socket.resetAndDestroy())
  else socket.resetAndDestroy()
}

/**
 * Keeps failed writes from Node, which would destroy the socket with all that it has received: an application that sent
 * everything and left without reading the answer must not lose what it sent.
 */
function catchWriteErrors(socket: Socket, failed: () => void): void {
  const { _write, _writev } = socket
  const shield = (done: (error?: Error | null) => void) => (error?: Error | null) => {
    if (error != null) failed()
    done()
  }
  socket._write = (chunk, encoding, done) => _write.call(socket, chunk, encoding, shield(done))
  socket._writev = (chunks, done) => _writev?.call(socket, chunks, shield(done))
}
