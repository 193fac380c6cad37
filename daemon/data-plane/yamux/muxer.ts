import {
  type AbortOptions,
  type CreateStreamOptions,
  type MessageStream,
  type MessageStreamDirection,
  MuxerClosedError,
} from '@libp2p/interface'
import { AbstractStreamMuxer } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import { flush } from '../flush.ts'
import { keepsNothing } from '../lent.ts'
import { encodeHeader, Flag, type FrameHeader, FrameType, GoAway, PROTOCOL, YamuxProtocolError } from './frame.ts'
import { FrameReader, type FrameSink } from './frame-reader.ts'
import { OpenBacklog } from './open-backlog.ts'
import { Pinger } from './pinger.ts'
import { StalledStreams } from './stalled.ts'
import { type YamuxSession, YamuxStream } from './stream.ts'

type Bytes = Uint8Array | Uint8ArrayList

/** Answers to pings that may wait to be sent while the connection takes no more; go's limit too. */
const MAX_WAITING_PONGS = 32

/** What waits to be sent before nothing is read any more, in bytes: who makes us answer has to take the answers. */
const MAX_UNSENT = 4 * 1024 * 1024

/** The streams of one connection. */
export class YamuxMuxer extends AbstractStreamMuxer<YamuxStream> implements YamuxSession, FrameSink {
  readonly #connection: MessageStream
  readonly #isClient: boolean
  readonly #byNumber = new Map<number, YamuxStream>()
  readonly #waitingForRoom = new Set<YamuxStream>()
  readonly #reader = new FrameReader(this)
  readonly #backlog = new OpenBacklog()
  readonly #pinger: Pinger
  readonly #stalled: StalledStreams
  #nextNumber: number
  #saturated = false
  #readingPaused = false
  #waitingPongs = 0
  #remoteGoingAway = false
  /** Whose data is arriving; undefined: nobody's any more. */
  #target: YamuxStream | undefined
  #targetFlags = 0
  /** What has come of it and is not given out yet. */
  #pieces: Uint8Array[] = []
  #piecesLength = 0

  constructor(connection: MessageStream) {
    super(connection, { protocol: PROTOCOL, name: 'yamux', maxEarlyStreams: Number.POSITIVE_INFINITY })
    this.#connection = connection
    this.#isClient = connection.direction === 'outbound'
    this.#nextNumber = this.#isClient ? 1 : 2
    this.#pinger = new Pinger(number => this.sendFrame(FrameType.ping, Flag.syn, 0, number), {
      onDead: () => this.#fail(new Error('the peer does not answer any more')),
    })
    connection.addEventListener('drain', () => this.#onDrain())
    this.#pinger.start()
    this.#stalled = new StalledStreams(this.streams)
    this.#stalled.start()
  }

  get saturated(): boolean {
    return this.#saturated
  }

  get roundTrip(): number {
    return this.#pinger.roundTrip
  }

  get keepsNothing(): boolean {
    return keepsNothing(this.#connection)
  }

  sendFrame(type: FrameType, flags: number, stream: number, length: number): void {
    this.send(encodeHeader(type, flags, stream, length))
  }

  /** Unlike the base class's, which tells every stream when the connection has no room, whether it sends or not. */
  override send(data: Bytes): boolean {
    if (this.#connection.status !== 'open') return false
    if (!this.#connection.send(data)) this.#saturated = true
    return !this.#saturated
  }

  waitForRoom(stream: YamuxStream): void {
    this.#waitingForRoom.add(stream)
  }

  onSettled(): void {
    this.#backlog.leave()
  }

  /** The protocol is left to be negotiated, although it can be among the options. */
  override onCreateStream({ signal }: CreateStreamOptions): YamuxStream | Promise<YamuxStream> {
    if (this.#remoteGoingAway) throw new MuxerClosedError('the other side takes no more streams')
    const turn = this.#backlog.enter(signal)
    return turn === undefined ? this.#open() : turn.then(() => this.#open())
  }

  override onData(data: Bytes): void {
    this.#pinger.onActivity()
    if (data instanceof Uint8Array) this.#reader.push(data)
    else for (const part of data) this.#reader.push(part)
    this.#deliver()
    if (this.#saturated && !this.#readingPaused && this.#connection.writeBufferLength > MAX_UNSENT) {
      this.#readingPaused = true
      this.#connection.pause()
    }
  }

  onHeader(header: FrameHeader): void {
    const { type, stream } = header
    if (type === FrameType.ping) this.#onPing(header)
    else if (type === FrameType.goAway) this.#onGoAway(header)
    else if (stream === 0) throw new YamuxProtocolError('data or window of no stream')
    else this.#onStreamFrame(header)
  }

  onDataPiece(piece: Uint8Array): void {
    if (this.#target === undefined) return
    this.#pieces.push(piece)
    this.#piecesLength += piece.byteLength
  }

  onDataEnd(): void {
    if (this.#targetFlags === 0) return
    this.#deliver()
    this.#target?.onFlags(this.#targetFlags)
  }

  override async close(options?: AbortOptions): Promise<void> {
    if (this.status !== 'open') return
    try {
      await super.close(options)
      this.sendFrame(FrameType.goAway, 0, 0, GoAway.normal)
    } finally {
      this.#stop()
    }
  }

  override abort(error: Error): void {
    if (this.status === 'closed') return
    const reason = error instanceof YamuxProtocolError ? GoAway.protocolError : GoAway.internalError
    super.abort(error)
    this.sendFrame(FrameType.goAway, 0, 0, reason)
    flush(this.#connection)
    this.#stop()
  }

  override onTransportClosed(error?: Error): void {
    super.onTransportClosed(error)
    this.#stop()
  }

  #open(): YamuxStream {
    if (this.status !== 'open') throw new MuxerClosedError('the connection is closed')
    const number = this.#nextNumber
    this.#nextNumber += 2
    if (number >= 2 ** 32) throw new MuxerClosedError('this connection has no more stream numbers')
    const stream = this.#add(number, 'outbound')
    // what is said first on the stream mostly comes before that, and announces it as well
    setImmediate(() => stream.announce())
    return stream
  }

  #add(number: number, direction: MessageStreamDirection): YamuxStream {
    const log = this.log.newScope(`${direction}:${number}`)
    const stream = new YamuxStream({ number, direction, session: this, log })
    this.#byNumber.set(number, stream)
    stream.addEventListener('close', () => {
      this.#byNumber.delete(number)
      this.#waitingForRoom.delete(stream)
    })
    return stream
  }

  #onPing({ flags, length }: FrameHeader): void {
    if ((flags & Flag.syn) === 0) {
      this.#pinger.onPong(length)
      return
    }
    if (this.#saturated && this.#waitingPongs >= MAX_WAITING_PONGS) return
    if (this.#saturated) this.#waitingPongs += 1
    this.sendFrame(FrameType.ping, Flag.ack, 0, length)
  }

  #onGoAway({ length }: FrameHeader): void {
    if (length !== GoAway.normal) throw new Error(`the peer has given up on the connection: go-away ${length}`)
    // the streams that there are may go on to their own ends
    this.#remoteGoingAway = true
  }

  #onStreamFrame({ type, flags, stream: number, length }: FrameHeader): void {
    if ((flags & Flag.syn) !== 0) this.#onRemoteOpen(number)
    const stream = this.#byNumber.get(number)
    if (stream !== this.#target) this.#deliver()
    if (type === FrameType.data) {
      this.#target = stream
      this.#targetFlags = flags & ~Flag.syn
      stream?.checkWindow(length + this.#piecesLength)
      return
    }
    if (stream === undefined) return
    if (flags !== 0) this.#deliver()
    stream.onWindowUpdate(length)
    stream.onFlags(flags)
  }

  #onRemoteOpen(number: number): void {
    if (this.#isClient !== (number % 2 === 0)) throw new YamuxProtocolError('both sides are clients')
    if (this.#byNumber.has(number)) throw new YamuxProtocolError('a stream that there is already')
    if (this.status !== 'open') this.sendFrame(FrameType.windowUpdate, Flag.rst, number, 0)
    else this.onRemoteStream(this.#add(number, 'inbound'))
  }

  /** Gives what has come of a stream's data to it: all that one read of the connection brought, in one message. */
  #deliver(): void {
    const pieces = this.#pieces
    const [first] = pieces
    if (first === undefined) return
    this.#pieces = []
    this.#piecesLength = 0
    this.#target?.receive(pieces.length === 1 ? first : new Uint8ArrayList(...pieces))
  }

  #onDrain(): void {
    this.#saturated = false
    this.#waitingPongs = 0
    const streams = [...this.#waitingForRoom]
    this.#waitingForRoom.clear()
    for (const stream of streams) {
      if (this.#saturated) this.#waitingForRoom.add(stream)
      else stream.onRoom()
    }
    if (!this.#readingPaused || this.#saturated) return
    this.#readingPaused = false
    if (this.#connection.status === 'open') this.#connection.resume()
  }

  #fail(error: Error): void {
    this.abort(error)
    this.#connection.abort(error)
  }

  #stop(): void {
    this.#pinger.stop()
    this.#stalled.stop()
    this.#backlog.fail(new MuxerClosedError('the connection is closed'))
  }
}
