import { type Stream, StreamMessageEvent, UnsupportedProtocolError } from '@libp2p/interface'

/**
 * multistream-select, by which the two ends of a stream agree on its protocol, without a promise, a signal and a buffer of
 * its own for every line.
 *
 * https://github.com/multiformats/multistream-select
 */

const VERSION = '/multistream/1.0.0'
const LIST = 'ls'
const UNKNOWN = 'na'

/** The longest line, its line feed included, and how many bytes its length takes at most. */
const MAX_LINE = 1_024
const MAX_LENGTH_BYTES = 2

const LINE_FEED = 0x0a
const VERSION_LINE = encodeLine(VERSION)

/**
 * Proposes a protocol that the peer is known to speak. The stream can be written to at once, ahead of the peer's
 * agreement, but not read before; where the peer does not agree after all, it is reset.
 *
 * @param settled called once: with what went wrong, or with nothing when the peer has agreed
 */
export function propose(stream: Stream, protocol: string, settled: (failure?: Error) => void): void {
  const lines = Buffer.concat([VERSION_LINE, encodeLine(protocol)])
  let agreed = 0
  const closed = ({ error }: { readonly error?: Error }): void => settled(error ?? new Error('the stream has ended'))
  stream.addEventListener('close', closed, { once: true })
  intercept(
    stream,
    bytes => {
      const length = Math.min(bytes.byteLength, lines.byteLength - agreed)
      if (lines.compare(bytes, 0, length, agreed, agreed + length) !== 0) {
        stream.abort(new UnsupportedProtocolError(`the peer no longer speaks ${protocol}`))
        return undefined
      }
      agreed += length
      return agreed < lines.byteLength ? undefined : bytes.subarray(length)
    },
    () => {
      stream.removeEventListener('close', closed)
      settled()
    },
  )
  stream.protocol = protocol
  stream.send(lines)
}

/** What a stream's remote may choose from. */
export interface Choice {
  has(protocol: string): boolean
  all(): readonly string[]
}

/**
 * Lets the remote choose the stream's protocol; `agreed` is called once it has, with the protocol set. A remote that says
 * something else, or nothing for too long, has its stream reset.
 *
 * @param timeout in ms
 */
export function letChoose(stream: Stream, choice: Choice, timeout: number, agreed: () => void): void {
  const timer = setTimeout(() => stream.abort(new Error('no protocol was chosen in time')), timeout)
  const stop = (): void => clearTimeout(timer)
  stream.addEventListener('close', stop, { once: true })
  let waiting: Uint8Array = new Uint8Array(0)
  const ended = (): void => {
    // the end may be announced before the last bytes, in the same turn
    queueMicrotask(() => {
      if (stream.protocol === '') stream.abort(new Error('the stream ended before a protocol was chosen'))
    })
  }
  stream.addEventListener('remoteCloseWrite', ended, { once: true })

  const take = (bytes: Uint8Array): Uint8Array | undefined => {
    waiting = waiting.byteLength === 0 ? bytes : Buffer.concat([waiting, bytes])
    const answers: Uint8Array[] = []
    let chosen: string | undefined
    while (chosen === undefined) {
      const line = readLine(waiting)
      if (line === undefined) break
      waiting = waiting.subarray(line.end)
      const said = answer(line.text, choice)
      if (said === undefined) chosen = line.text
      answers.push(said ?? encodeLine(line.text))
    }
    if (answers.length > 0) stream.send(answers.length === 1 ? (answers[0] as Uint8Array) : Buffer.concat(answers))
    if (chosen === undefined) return undefined
    stream.protocol = chosen
    stop()
    return waiting
  }

  intercept(
    stream,
    bytes => {
      try {
        return take(bytes)
      } catch (error) {
        stream.abort(error as Error)
        return undefined
      }
    },
    agreed,
  )
}

/**
 * Hands all bytes that arrive to `take`, until that gives back those that are not for it: they are the next reader's, who
 * may be listening already.
 */
function intercept(stream: Stream, take: (bytes: Uint8Array) => Uint8Array | undefined, done: () => void): void {
  const onMessage = (event: StreamMessageEvent): void => {
    event.stopImmediatePropagation()
    const { data } = event
    const rest = take(data instanceof Uint8Array ? data : data.subarray())
    if (rest === undefined) return
    stream.removeEventListener('message', onMessage)
    if (rest.byteLength > 0) {
      if (stream.listenerCount('message') > 0) stream.dispatchEvent(new StreamMessageEvent(rest))
      else stream.unshift(rest)
    }
    done()
  }
  stream.addEventListener('message', onMessage)
}

/** The answer to a line that chooses nothing; undefined for one that does. */
function answer(line: string, choice: Choice): Uint8Array | undefined {
  if (line === VERSION) return VERSION_LINE
  if (line === LIST) return encodeList(choice.all())
  return choice.has(line) ? undefined : encodeLine(UNKNOWN)
}

/** @throws Error when the bytes cannot become a line */
function readLine(bytes: Uint8Array): { readonly text: string; readonly end: number } | undefined {
  const [first, second] = bytes
  if (first === undefined) return undefined
  const long = first >= 0x80
  if (long && second === undefined) return undefined
  const length = long ? (first & 0x7f) + (second as number) * 0x80 : first
  const start = long ? MAX_LENGTH_BYTES : 1
  const end = start + length
  if (length > MAX_LINE) throw new Error(`a line of ${length} bytes instead of a protocol`)
  if (bytes.byteLength < end) return undefined
  if (bytes[end - 1] !== LINE_FEED) throw new Error('a protocol without a line feed')
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset + start, length - 1).toString(), end }
}

function encodeLine(text: string): Buffer {
  return encodeBytes(Buffer.from(`${text}\n`))
}

function encodeList(protocols: readonly string[]): Buffer {
  return encodeBytes(Buffer.concat([...protocols.map(encodeLine), Buffer.of(LINE_FEED)]))
}

function encodeBytes(bytes: Buffer): Buffer {
  const length: number[] = []
  for (let left = bytes.byteLength; ; left >>>= 7) {
    length.push(left < 0x80 ? left : (left & 0x7f) | 0x80)
    if (left < 0x80) return Buffer.concat([Buffer.from(length), bytes])
  }
}
