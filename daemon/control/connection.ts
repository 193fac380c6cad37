import type { Socket } from 'node:net'
import { AbortError } from '@libp2p/interface'
import { encode, FrameDecoder, MAX_FRAME_LENGTH, ProtocolError, Response } from '../../proto/codec.ts'
import { decodeRequest } from '../../proto/decode-request.ts'
import type { Endpoint } from '../endpoints/address.ts'
import type { Host } from '../host.ts'
import { LimitError } from '../limits/limit-error.ts'
import type { RepeatedWarning } from '../limits/repeated-warning.ts'
import type { Log } from '../log.ts'
import { AddressError } from '../multiaddr.ts'
import { Attention } from './attention.ts'
import { type RequestObserver, type RequestOutcome, requestName } from './observer.ts'
import { RequestError, type RequestErrorCode } from './request-error.ts'
import { route, UnknownRequest } from './router.ts'
import type { Reply, Session } from './session.ts'
import { findStrayText, HTTP_ANSWER, type StrayText } from './stray-text.ts'

/** How often, in ms, a client that has half-closed is asked whether it still waits for its answer. */
const PRESENCE_INTERVAL = 500

/** Made once: left to `abort`, each would cost a stack trace. */
const CLIENT_GONE = new AbortError('the client has hung up')

/** How long, in ms, a client that is hung up on may take to notice. */
const LINGER = 1_000

export interface ConnectionOptions {
  readonly id: number
  readonly transport: Endpoint['kind']
  readonly host: Host
  readonly log: Log
  /** Where the reasons of hang-ups go. */
  readonly hangUps: RepeatedWarning
  readonly observers: readonly RequestObserver[]
  /** Told by its name of each request that is begun, and of nothing once it is answered and has not taken over. */
  readonly onDoing: (name: string | undefined) => void
  /** Aborts when the daemon stops. */
  readonly signal: AbortSignal
}

/**
 * Serves one control connection: request by request, in order, until the client is done, hangs up, sends something
 * that is not a request, or a request takes the connection over. Never rejects.
 */
export async function serveConnection(socket: Socket, options: ConnectionOptions): Promise<void> {
  const { id, transport, host, log, hangUps, observers, onDoing } = options
  const frames = new FrameSource(socket)
  const session = new ClientSession(socket, options)
  const attention = new Attention()

  try {
    for (let body = await frames.next(); body !== undefined; body = await frames.next()) {
      attention.asked()
      const request = decodeRequest(body)
      const name = requestName(request)
      const done = begin(observers, name, id)
      onDoing(name)
      const reply = await answer(() => route(request, { host, session, log }), session, log).catch(error => {
        done('ERR_REQUEST_UNKNOWN')
        throw error
      })
      if (socket.destroyed) {
        done('abandoned')
        reply.abandon?.()
        return
      }
      done(outcomeOf(reply))
      socket.write(encode(Response, reply.response))
      attention.answered()
      if (reply.frames !== undefined) await writeFrames(socket, reply.frames)
      if (reply.takeOver !== undefined) {
        await reply.takeOver(socket, frames.release())
        return
      }
      onDoing(undefined)
      // who does not read answers gets no more of them
      if (socket.writableNeedDrain) await drained(socket)
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    hangUps.warn(`hung up on a client: ${error.message}`, { connection: id, transport })
    if (!socket.writable) return
    const code = error instanceof UnknownRequest ? 'ERR_REQUEST_UNKNOWN' : 'ERR_FRAME_INVALID'
    socket.write(frames.http ? HTTP_ANSWER : encode(Response, failure(code, error.message)))
  } finally {
    frames.release()
    hangUpAfterAnswer(socket)
  }
}

/** Tells a client why it is not served, and hangs up. */
export function refuseConnection(socket: Socket, { message }: LimitError): void {
  socket.on('error', () => {})
  socket.write(encode(Response, failure('ERR_LIMIT', message)))
  hangUpAfterAnswer(socket)
}

/**
 * Closes once what was written has left. A client that is still sending gets to read it first: closed under its writes,
 * a TCP socket is reset, and what was written last is lost.
 */
function hangUpAfterAnswer(socket: Socket): void {
  if (socket.readableEnded) return void socket.destroySoon()
  socket.resume()
  socket.end()
  const timer = setTimeout(() => socket.destroy(), LINGER).unref()
  socket.once('end', () => socket.destroySoon())
  socket.once('close', () => clearTimeout(timer))
}

/** Writes frames no faster than the client takes them, until they end or nobody is there to take them. */
async function writeFrames(socket: Socket, frames: AsyncGenerator<Uint8Array>): Promise<void> {
  for await (const frame of frames) {
    if (socket.destroyed) return
    if (!socket.write(frame)) await drained(socket)
  }
}

async function drained(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const event of ['drain', 'close']) socket.once(event, resolve)
  await promise
  for (const event of ['drain', 'close']) socket.off(event, resolve)
}

async function answer(run: () => Promise<Reply>, session: Session, log: Log): Promise<Reply> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ProtocolError) throw error
    const { message, stack } = error as Error
    if (error instanceof RequestError) return { response: failure(error.code, message) }
    if (error instanceof LimitError) return { response: failure('ERR_LIMIT', message) }
    if (error instanceof AddressError) return { response: failure('ERR_ADDRESS_INVALID', message) }
    // nobody waits for the answer, and whatever waited for something has been told to stop
    if (session.signal.aborted) return { response: failure('ERR_TIMEOUT', message) }
    // anything else is a fault of this daemon: the client hears of it, others are not disturbed
    log.error(`request failed unexpectedly: ${message}`, { stack })
    return { response: failure('ERR_INTERNAL', message) }
  }
}

function failure(code: RequestErrorCode, msg: string): Response {
  return { type: Response.Type.ERROR, error: { msg, code } }
}

function begin(observers: readonly RequestObserver[], name: string, id: number): (outcome: RequestOutcome) => void {
  const done = observers.map(observer => observer.begin(name, id))
  return outcome => {
    for (const observer of done) observer(outcome)
  }
}

function outcomeOf({ response }: Reply): RequestOutcome {
  return response.type === Response.Type.OK ? 'OK' : ((response.error?.code ?? 'ERR_INTERNAL') as RequestErrorCode)
}

/**
 * The session of one connection. Most requests never look at its signal, which costs more than they do: it is made when
 * it is asked for, and follows the other one by hand, at a tenth of the price of `AbortSignal.any`.
 */
class ClientSession implements Session {
  readonly id: number
  readonly transport: Endpoint['kind']
  readonly #socket: Socket
  readonly #stopping: AbortSignal
  #signal: AbortSignal | undefined

  constructor(socket: Socket, { id, transport, signal }: ConnectionOptions) {
    this.id = id
    this.transport = transport
    this.#socket = socket
    this.#stopping = signal
  }

  get signal(): AbortSignal {
    this.#signal ??= this.#createSignal()
    return this.#signal
  }

  #createSignal(): AbortSignal {
    const controller = new AbortController()
    const socket = this.#socket
    const stopping = this.#stopping
    const stop = (): void => controller.abort(stopping.reason)
    const hangUp = (): void => {
      stopping.removeEventListener('abort', stop)
      controller.abort(CLIENT_GONE)
    }
    if (stopping.aborted) stop()
    else if (socket.closed) controller.abort(CLIENT_GONE)
    else {
      stopping.addEventListener('abort', stop)
      socket.once('close', hangUp)
    }
    return controller.signal
  }
}

/** The frames of a socket, read ahead while a request runs so that a client's hang-up is noticed. */
class FrameSource {
  readonly #socket: Socket
  readonly #decoder = new FrameDecoder()
  #wake: (() => void) | undefined
  #first = true
  #text: StrayText | undefined
  #presence: NodeJS.Timeout | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('close', this.#onClose)
    socket.on('error', this.#onError)
  }

  /** Whether the client speaks HTTP. */
  get http(): boolean {
    return this.#text?.http === true
  }

  /**
   * The next frame's body; undefined when the client has no more requests.
   *
   * @throws ProtocolError for what cannot become a frame
   */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#text !== undefined) {
        const what = this.#text.http ? 'an HTTP request' : 'a line of text'
        throw new ProtocolError(
          'ERR_FRAME_LENGTH_INVALID',
          `${what} instead of a frame: ${JSON.stringify(this.#text.line)}`,
        )
      }
      const body = this.#decoder.next()
      if (body !== undefined) return body
      if (this.#socket.readableEnded && this.#decoder.bufferedLength > 0) {
        const got = `${this.#decoder.bufferedLength} bytes of a frame`
        throw new ProtocolError('ERR_FRAME_TRUNCATED', `${got}, and then the end of the connection`)
      }
      if (this.#socket.readableEnded || this.#socket.destroyed) return undefined
      this.#socket.resume()
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** Lets go of the socket, paused, and returns what was read beyond the last frame. */
  release(): Uint8Array {
    this.#socket.pause()
    this.#socket.off('data', this.#onData)
    this.#socket.off('end', this.#onEnd)
    clearInterval(this.#presence)
    return this.#decoder.takeRest()
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#first) this.#text = findStrayText(chunk)
    this.#first = false
    this.#decoder.push(chunk)
    // reading ahead is bounded by what one frame may take
    if (this.#decoder.bufferedLength > MAX_FRAME_LENGTH) this.#socket.pause()
    this.#wake?.()
  }

  readonly #onEnd = (): void => {
    // half-closed, the client may still be waiting; gone, a write of nothing fails on a Unix socket
    this.#presence = setInterval(() => {
      if (this.#socket.writable && this.#socket.writableLength === 0) this.#socket.write('')
    }, PRESENCE_INTERVAL).unref()
    this.#wake?.()
  }

  readonly #onClose = (): void => {
    clearInterval(this.#presence)
    this.#wake?.()
  }

  readonly #onError = (): void => {
    // a client that vanishes is no news; 'close' follows
  }
}
