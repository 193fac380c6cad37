import type { Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { decode, encode, type MessageType } from '../proto/codec.ts'

/** The longest message, in bytes, of the small protocols between daemons; go's limit as well. */
const MAX_MESSAGE_LENGTH = 4096

/** A libp2p stream read and written message by message, as the small protocols between daemons start out. */
export class MessageStream {
  readonly #messages: ReturnType<typeof lpStream>
  readonly #stream: Stream

  constructor(stream: Stream, maxLength = MAX_MESSAGE_LENGTH) {
    this.#stream = stream
    this.#messages = lpStream(stream, { maxDataLength: maxLength })
  }

  /**
   * The next message.
   *
   * @throws ProtocolError ERR_MESSAGE_UNDECODABLE; Error when the message is too long or the stream ends before it
   */
  async read<Properties>(type: MessageType<Properties>, signal: AbortSignal): Promise<Properties> {
    return decode(type, (await this.#messages.read({ signal })).subarray())
  }

  /**
   * Sends, or queues, one message: they are far smaller than what a stream may have in flight.
   *
   * @throws StreamStateError when the stream is closed
   */
  write<Properties extends object>(type: MessageType<Properties>, message: Properties): void {
    this.#stream.send(encode(type, message))
  }

  /** Gives the stream back, with what was received behind the last message. */
  release(): Stream {
    this.#messages.unwrap()
    return this.#stream
  }
}
