import type { AbortOptions, Logger, MessageStreamDirection } from '@libp2p/interface'
import { AbstractStream, type SendResult } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import { abortable } from '../../abort.ts'
import type { SelfTransported } from '../../metrics/traffic.ts'
import type { NativeStream } from './native.ts'
import type { SendWindow } from './send-window.ts'

/**
 * How many bytes a read asks for: the buffer is there while the read waits, and an idle stream always waits. A read that
 * comes back full is followed by a larger one.
 */
const SMALLEST_READ = 2_048
const LARGEST_READ = 65_536
const READ_GROWTH = 8

/** Bytes that may wait for a reader that is not there yet; a reader that has paused takes none at all. */
const MAX_UNREAD = 262_144

/** Bytes that may wait while others are being written, so that the next write is ready when one is done. */
const MAX_QUEUED = 65_536

export interface QuicStreamInit {
  readonly native: NativeStream
  readonly direction: MessageStreamDirection
  readonly log: Logger
  readonly window: SendWindow
  /** Calls back once the connection, which is lost, has told everybody. */
  readonly afterLoss: (callback: () => void) => void
}

/** A QUIC stream as libp2p's: both directions in one, with its flow control reaching from reader to writer. */
export class QuicStream extends AbstractStream implements SelfTransported {
  readonly ownTransport = 'quic-v1'
  readonly #native: NativeStream
  readonly #window: SendWindow
  readonly #afterLoss: (callback: () => void) => void
  readonly #queue = new Uint8ArrayList()
  #readSize = SMALLEST_READ
  #reading = false
  #writing = false
  #fresh = true
  /** The remote reads no more: what is written goes nowhere. */
  #stopped = false
  /** Resolved when nothing is queued or being written. */
  #flushed: PromiseWithResolvers<void> | undefined

  constructor({ native, direction, log, window, afterLoss }: QuicStreamInit) {
    super({ id: native.id(), direction, log })
    this.#native = native
    this.#window = window
    this.#afterLoss = afterLoss
    this.addEventListener('close', () => this.#discard())
    void this.#read()
  }

  override sendData(data: Uint8ArrayList): SendResult {
    const { byteLength } = data
    if (this.#stopped) return { sentBytes: byteLength, canSendMore: true }
    this.#queue.append(data)
    if (!this.#writing) void this.#write()
    return { sentBytes: byteLength, canSendMore: this.#queue.byteLength < MAX_QUEUED }
  }

  override sendReset(): void {
    this.#window.resetting(this.#native.resetWrite())
    void this.#native.stopRead()
  }

  override async sendCloseWrite({ signal }: AbortOptions = {}): Promise<void> {
    if (this.#writing) {
      this.#flushed ??= Promise.withResolvers()
      await (signal === undefined ? this.#flushed.promise : abortable(this.#flushed.promise, signal))
    }
    await this.#native.finishWrite()
  }

  override async sendCloseRead(): Promise<void> {
    // reading goes on, and what comes is thrown away: the remote's end or reset must still be seen
    void this.#read()
  }

  override sendPause(): void {
    // no read is started while paused, which the remote feels once its window is used up
  }

  override sendResume(): void {
    void this.#read()
  }

  /** Called whenever somebody may have read: so may we again. */
  protected override dispatchReadBuffer(): void {
    super.dispatchReadBuffer()
    void this.#read()
  }

  get #wantsMore(): boolean {
    if (this.status !== 'open' || this.remoteWriteStatus === 'closed') return false
    return this.readStatus !== 'paused' && this.readBufferLength < MAX_UNREAD
  }

  async #read(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#wantsMore) {
        const bytes = await this.#native.read(this.#readSize)
        if (bytes === null) {
          this.#ended()
          return
        }
        this.#readSize =
          bytes.byteLength < this.#readSize ? SMALLEST_READ : Math.min(this.#readSize * READ_GROWTH, LARGEST_READ)
        this.onData(bytes)
      }
    } catch (error) {
      this.#readFailed(error as Error)
    } finally {
      this.#reading = false
    }
  }

  #ended(): void {
    if (this.status !== 'open') return
    this.onRemoteCloseWrite()
    // both directions are over, and not all that was written has been read
    if (this.#stopped && this.status === 'open') this.onRemoteReset()
  }

  #readFailed(error: Error): void {
    if (this.status !== 'open') return
    this.log('read failed - %e', error)
    if (error.message.startsWith('connection lost')) {
      // its muxer tells all streams, except one that it was making in just that moment
      this.#afterLoss(() => this.onTransportClosed())
      return
    }
    // a reset is of both directions in libp2p, of one in QUIC
    this.#window.resetting(this.#native.resetWrite())
    this.onRemoteReset()
  }

  async #write(): Promise<void> {
    this.#writing = true
    try {
      while (this.#queue.byteLength > 0) {
        const bytes = this.#queue.subarray()
        this.#queue.consume(bytes.byteLength)
        const writing = this.#native.write(bytes)
        if (this.#fresh) this.#window.watch(writing)
        this.#fresh = false
        if (this.writableNeedsDrain) this.safeDispatchEvent('drain')
        await writing
        this.#window.written()
      }
      this.#flushed?.resolve()
    } catch (error) {
      this.#writeFailed(error as Error)
    } finally {
      this.#writing = false
    }
  }

  /** The remote has stopped reading, or has reset the stream: that is for the reader to find out. */
  #writeFailed(error: Error): void {
    if (this.status !== 'open' || error.message.startsWith('connection lost')) return
    this.log('write failed - %e', error)
    this.#stopped = true
    this.#discard()
    if (this.remoteWriteStatus === 'closed') {
      this.onRemoteReset()
      return
    }
    this.onRemoteCloseRead()
    if (this.writableNeedsDrain) this.safeDispatchEvent('drain')
  }

  #discard(): void {
    if (this.#queue.byteLength > 0) this.#queue.consume(this.#queue.byteLength)
    this.#flushed?.resolve()
  }
}
