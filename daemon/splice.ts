import type { Socket } from 'node:net'
import type { Stream } from '@libp2p/interface'
import { readStream, writeStream } from './stream-io.ts'

/** How often, in ms, a half-closed Unix socket is asked whether its application is still there. */
const PRESENCE_INTERVAL = 1_000

/** How long, in ms, a remote may go on using a stream whose application is gone. */
const LINGER = 10_000

/**
 * Makes one pipe of an application's socket and a libp2p stream: each side's end becomes the other's half-close, a
 * reset becomes an error on the other side, and a side that does not read stops the writer at the other end.
 *
 * Bytes that one side sent before it went away still reach the other. Resolves when both are finished with.
 *
 * @param early bytes that the application sent before the pipe existed
 */
export function splice(socket: Socket, stream: Stream, early: Uint8Array = new Uint8Array(0)): Promise<void> {
  const unix = socket.remoteAddress === undefined
  let applicationGone = false
  let streamFailed = false
  let sent = false
  let received = false
  let presence: NodeJS.Timeout | undefined
  let linger: NodeJS.Timeout | undefined

  keepReadingAfterWriteError(socket)

  const writer = writeStream(stream, () => socket.resume())

  const reader = readStream(stream, {
    data(chunk) {
      if (applicationGone) return
      if (!writeSocket(socket, chunk)) reader.pause()
    },
    end() {
      if (applicationGone) onReceived()
      else socket.end()
    },
    error() {
      streamFailed = true
      if (applicationGone) socket.destroy()
      else resetSocket(socket, unix)
    },
  })

  const closeWhenDone = (): void => {
    if (sent && received) socket.destroy()
  }
  const onReceived = (): void => {
    received = true
    closeWhenDone()
  }
  const lingerWhenGone = (): void => {
    if (!applicationGone || !sent || linger !== undefined) return
    linger = setTimeout(() => stream.abort(new Error('the application is gone')), LINGER)
  }
  const checkPresence = (): void => {
    if (socket.writable && socket.writableLength === 0) socket.write('')
  }
  const onEnd = (): void => {
    // a Unix socket tells a half-close from a full one only when written to; a TCP one is found out by keep-alive
    if (unix && !applicationGone) {
      presence = setInterval(checkPresence, PRESENCE_INTERVAL).unref()
      checkPresence()
    }
    void writer.end().then(() => {
      sent = true
      lingerWhenGone()
      closeWhenDone()
    })
  }

  socket.on('data', (chunk: Buffer) => {
    if (!writer.write(chunk)) socket.pause()
  })
  socket.on('end', onEnd)
  socket.on('drain', () => reader.resume())
  socket.on('finish', onReceived)
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.syscall === 'write' && !socket.destroyed && !streamFailed) {
      applicationGone = true
      clearInterval(presence)
      reader.resume()
      if (stream.readableEnded) onReceived()
      lingerWhenGone()
    } else {
      stream.abort(error)
      socket.destroy()
    }
  })

  if (!unix) socket.setKeepAlive(true, LINGER)
  if (early.byteLength > 0 && !writer.write(early)) socket.pause()
  else socket.resume()
  if (socket.readableEnded) onEnd()
  reader.resume()

  const { promise, resolve } = Promise.withResolvers<void>()
  socket.once('close', () => {
    clearInterval(presence)
    clearTimeout(linger)
    // closed by our own hand when all was done; otherwise the stream must not outlive its socket
    stream.abort(new Error('the application closed its socket'))
    resolve()
  })
  return promise
}

function writeSocket(socket: Socket, chunk: Uint8Array | Iterable<Uint8Array>): boolean {
  if (chunk instanceof Uint8Array) return socket.write(chunk)
  let more = true
  socket.cork()
  for (const part of chunk) more = socket.write(part)
  socket.uncork()
  return more
}

/** Ends the socket so that its application can tell: what was received is delivered first, TCP then gets a reset. */
function resetSocket(socket: Socket, unix: boolean): void {
  if (unix) socket.destroySoon()
  else if (socket.writable) socket.write('', () => socket.resetAndDestroy())
  else socket.resetAndDestroy()
}

/**
 * Node destroys a socket, with what it has received, at the first failed write. An application that sent everything
 * and left without reading the answer must not lose what it sent.
 */
function keepReadingAfterWriteError(socket: Socket): void {
  const { _readableState, _writableState } = socket as unknown as Record<string, { autoDestroy: boolean }>
  if (_readableState !== undefined) _readableState.autoDestroy = false
  if (_writableState !== undefined) _writableState.autoDestroy = false
}
