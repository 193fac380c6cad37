import {
  type AbortOptions,
  type Logger,
  type MessageStreamDirection,
  StreamMessageEvent,
  StreamStateError,
} from '@libp2p/interface'
import { AbstractStream, type SendResult } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import { abortable } from '../../abort.ts'
import { dispatchAtOnce } from '../dispatch.ts'
import { MAX_PLAINTEXT } from '../noise/frame-sealer.ts'
import { encodeHeader, Flag, FrameType, HEADER_LENGTH, YamuxProtocolError } from './frame.ts'
import { INITIAL_WINDOW, ReceiveWindow } from './receive-window.ts'

type Bytes = Uint8Array | Uint8ArrayList

/** The most data in one frame, so that no stream holds the others up: with its header, a full message of Noise. */
const MAX_DATA = MAX_PLAINTEXT - HEADER_LENGTH

/** How many frames are passed on at once: what one read of an application's socket brings. */
const BATCH = 4

/** The most that a reader gets at once of what has waited: it may want to pause again. */
const MAX_MESSAGE = 256 * 1024

/** The other side counts what it may send in 32 bits. */
const MAX_SEND_WINDOW = 2 ** 32 - 1

/** What a stream needs of the connection that it shares. */
export interface YamuxSession {
  /** The connection cannot take more at the moment: whoever waits is to be told when it can. */
  readonly saturated: boolean
  /** In ms; 0: not known yet. */
  readonly roundTrip: number
  /** The connection keeps nothing of what it is given to send. */
  readonly keepsNothing: boolean
  sendFrame(type: FrameType, flags: number, stream: number, length: number): void
  /** Sends frames of data. */
  send(frames: Bytes): boolean
  /** Has `onRoom` called once the connection can take more. */
  waitForRoom(stream: YamuxStream): void
  /** The other side knows of the stream, or never will. */
  onSettled(stream: YamuxStream): void
}

export interface YamuxStreamInit {
  readonly number: number
  readonly direction: MessageStreamDirection
  readonly session: YamuxSession
  readonly log: Logger
}

/** One stream of a yamux connection. */
export class YamuxStream extends AbstractStream {
  readonly number: number
  readonly #session: YamuxSession
  readonly #receiveWindow = new ReceiveWindow()
  #sendWindow = INITIAL_WINDOW
  #grants = 0
  /** What the next frame has to say besides: that there is this stream, or that it is known here. */
  #greeting: number
  #settled: boolean
  #emptied: PromiseWithResolvers<void> | undefined

  constructor({ number, direction, session, log }: YamuxStreamInit) {
    // what may wait to be read is bounded by the window
    super({ id: String(number), direction, log, maxReadBufferLength: Number.POSITIVE_INFINITY })
    this.number = number
    this.#session = session
    this.#greeting = direction === 'outbound' ? Flag.syn : Flag.ack
    this.#settled = direction === 'inbound'
    this.addEventListener('close', event => {
      this.#settle()
      this.#emptied?.reject(event.error ?? new StreamStateError('the stream is closed'))
    })
  }

  /** What the other side still allows to be sent. */
  get sendWindow(): number {
    return this.#sendWindow
  }

  /** How often the other side has allowed more. */
  get grants(): number {
    return this.#grants
  }

  /** Tells the other side of the stream, unless that has been done along with something else. */
  announce(): void {
    if (this.#greeting !== 0 && this.status === 'open') this.#sendControl(0, 0)
  }

  override send(data: Bytes): boolean {
    return this.#send(data, asIs)
  }

  /** Sends what is the caller's own again afterwards. */
  sendLent(data: Uint8Array): boolean {
    return this.#session.keepsNothing ? this.#send(data, copy) : this.send(Buffer.from(data))
  }

  /** @param keep makes what has to wait the stream's own */
  #send(data: Bytes, keep: (part: Bytes) => Bytes): boolean {
    if (this.writeStatus !== 'writable')
      throw new StreamStateError(`Cannot write to a stream that is ${this.writeStatus}`)
    if (this.writeBuffer.byteLength > 0 || this.sendingData) {
      this.writeBuffer.append(keep(data) as Uint8Array<ArrayBuffer>)
    } else {
      const sent = this.#sendFrames(data)
      // something may have been sent while this was, and comes after it
      if (sent < data.byteLength)
        this.writeBuffer.prepend(keep(slice(data, sent, data.byteLength)) as Uint8Array<ArrayBuffer>)
      if (this.writeBuffer.byteLength > 0) this.#flush()
    }
    const blocked = this.#isBlocked()
    if (blocked) this.writableNeedsDrain = true
    // who sent while this was being sent has been told to wait
    else this.#drained()
    return !blocked
  }

  override async close({ signal }: AbortOptions = {}): Promise<void> {
    if (this.writeStatus === 'closing' || this.writeStatus === 'closed') return
    this.writeStatus = 'closing'
    if (this.writeBuffer.byteLength > 0) {
      this.#emptied = Promise.withResolvers()
      await (signal === undefined ? this.#emptied.promise : abortable(this.#emptied.promise, signal))
    }
    await this.sendCloseWrite()
    this.writeStatus = 'closed'
    if (this.remoteWriteStatus === 'closed') this.onTransportClosed()
  }

  override unshift(data: Bytes): void {
    if (this.readStatus === 'closing' || this.readStatus === 'closed') {
      throw new StreamStateError(`Cannot push data onto a stream that is ${this.readStatus}`)
    }
    if (data.byteLength === 0) return
    this.readBuffer.prepend(data as Uint8Array<ArrayBuffer>)
    // the base class takes a millisecond
    queueMicrotask(() => this.dispatchReadBuffer())
  }

  /**
   * Checks what a header announces.
   *
   * @param length of the data, and of what has come before and was not yet given to {@link receive}
   * @throws YamuxProtocolError when it may not send so much
   */
  checkWindow(length: number): void {
    if (!this.#receiveWindow.allows(length)) throw new YamuxProtocolError('receive window exceeded')
  }

  /** Takes data that has come. */
  receive(data: Bytes): void {
    this.#receiveWindow.take(data.byteLength)
    if (this.readStatus === 'readable' || this.readStatus === 'paused') {
      if (!dispatchAtOnce(this, data as Uint8Array<ArrayBuffer>)) {
        this.readBuffer.append(data as Uint8Array<ArrayBuffer>)
        this.dispatchReadBuffer()
        return
      }
    }
    this.#grant()
  }

  onFlags(flags: number): void {
    if ((flags & Flag.ack) !== 0) this.#settle()
    if ((flags & Flag.fin) !== 0) this.onRemoteCloseWrite()
    if ((flags & Flag.rst) !== 0 && this.status === 'open') this.onRemoteReset()
  }

  /** The other side reads on. @throws YamuxProtocolError when its window gets larger than can be */
  onWindowUpdate(length: number): void {
    if (this.#sendWindow + length > MAX_SEND_WINDOW) throw new YamuxProtocolError('send window exceeded')
    if (length === 0) return
    this.#sendWindow += length
    this.#grants += 1
    this.onRoom()
  }

  /** The connection, or the other side's window, has room again. */
  onRoom(): void {
    if (!this.writableNeedsDrain || this.sendingData) return
    this.#flush()
    if (!this.#isBlocked()) this.#drained()
  }

  override onMuxerDrain(): void {
    // by the session's list of those that wait, and not by the base class, which goes through all
  }

  override sendData(data: Uint8ArrayList): SendResult {
    const sentBytes = this.#sendFrames(data)
    return { sentBytes, canSendMore: !this.#isBlocked() }
  }

  override sendReset(): void {
    // the other side has never heard of the stream
    if (this.#greeting === Flag.syn) return
    this.#session.sendFrame(FrameType.windowUpdate, Flag.rst, this.number, 0)
  }

  override async sendCloseWrite(): Promise<void> {
    this.#sendControl(Flag.fin, 0)
  }

  override async sendCloseRead(): Promise<void> {
    // yamux has no word for it; what comes is thrown away, and more of it allowed
    this.#grant()
  }

  override sendPause(): void {
    // what arrives and is not read uses up the window by itself
  }

  override sendResume(): void {
    this.#grant()
  }

  protected override dispatchReadBuffer(): void {
    while (
      this.readBuffer.byteLength > MAX_MESSAGE &&
      this.readStatus === 'readable' &&
      this.listenerCount('message') > 0
    ) {
      const message = this.readBuffer.sublist(0, MAX_MESSAGE)
      this.readBuffer.consume(MAX_MESSAGE)
      this.dispatchEvent(new StreamMessageEvent(message))
    }
    super.dispatchReadBuffer()
    this.#grant()
  }

  #drained(): void {
    if (!this.writableNeedsDrain) return
    this.writableNeedsDrain = false
    this.safeDispatchEvent('drain')
  }

  #isBlocked(): boolean {
    if (this.#session.saturated) {
      this.#session.waitForRoom(this)
      return true
    }
    return this.#sendWindow === 0 || this.writeBuffer.byteLength > 0
  }

  /** Sends what waits, as far as there is room. */
  #flush(): void {
    // what is sent leaves the buffer before: the answer may come at once, and ask for more
    while (this.writeBuffer.byteLength > 0 && this.#hasRoom) {
      const length = Math.min(this.writeBuffer.byteLength, this.#sendWindow, this.#mostAtOnce)
      const part = this.writeBuffer.sublist(0, length)
      this.writeBuffer.consume(length)
      this.#sendFrames(part)
    }
    if (this.writeBuffer.byteLength === 0) this.#emptied?.resolve()
  }

  /** Sends as much as there is room for; gives how much that was. */
  #sendFrames(data: Bytes): number {
    this.sendingData = true
    try {
      let sent = 0
      while (sent < data.byteLength && this.#hasRoom) {
        const length = Math.min(data.byteLength - sent, this.#sendWindow, this.#mostAtOnce)
        this.#sendWindow -= length
        this.#session.send(this.#frames(slice(data, sent, sent + length)))
        sent += length
      }
      return sent
    } finally {
      this.sendingData = false
    }
  }

  get #mostAtOnce(): number {
    return (this.maxMessageSize ?? MAX_DATA) * BATCH
  }

  #frames(data: Bytes): Uint8ArrayList {
    const most = this.maxMessageSize ?? MAX_DATA
    const frames = new Uint8ArrayList()
    for (let start = 0; start < data.byteLength; start += most) {
      const end = Math.min(start + most, data.byteLength)
      frames.append(encodeHeader(FrameType.data, this.#takeGreeting(), this.number, end - start))
      frames.append(slice(data, start, end) as Uint8Array<ArrayBuffer>)
    }
    return frames
  }

  get #hasRoom(): boolean {
    return this.#sendWindow > 0 && !this.#session.saturated
  }

  #grant(): void {
    if (this.status !== 'open' || this.remoteWriteStatus === 'closed') return
    const granted = this.#receiveWindow.grant(this.readBuffer.byteLength, this.#session.roundTrip)
    if (granted > 0) this.#sendControl(0, granted)
  }

  #sendControl(flags: number, windowUpdate: number): void {
    this.#session.sendFrame(FrameType.windowUpdate, flags | this.#takeGreeting(), this.number, windowUpdate)
  }

  #takeGreeting(): number {
    const greeting = this.#greeting
    this.#greeting = 0
    return greeting
  }

  #settle(): void {
    if (this.#settled) return
    this.#settled = true
    this.#session.onSettled(this)
  }
}

function asIs(data: Bytes): Bytes {
  return data
}

function copy(data: Bytes): Bytes {
  return data instanceof Uint8Array ? Buffer.from(data) : data
}

/** A part of the bytes, without copying them. */
function slice(data: Bytes, from: number, to: number): Bytes {
  if (to - from === data.byteLength) return data
  return data instanceof Uint8Array ? data.subarray(from, to) : data.sublist(from, to)
}
