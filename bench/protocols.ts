import type { Socket } from 'node:net'

/** Sends back what arrives. */
export const ECHO = '/bench/echo'
/** Reads as many bytes as the first eight say, and answers with one. */
export const SINK = '/bench/sink'
/** Sends as many bytes as the first eight say. */
export const SOURCE = '/bench/source'

/** The first bytes of a stream to a sink or source. */
export const LENGTH_BYTES = 8

/** Large enough for system calls not to count. */
const CHUNK: Buffer = Buffer.alloc(256 * 1024, 'p2pd')

/** Echo as well: go's daemon allows a peer few streams of one protocol, and those that are kept open are of many. */
export const HOLD: readonly string[] = Array.from({ length: 16 }, (_, index) => `/bench/hold/${index}`)

/** What the application does with a stream, by protocol. */
export const PROTOCOLS: string[] = [ECHO, SINK, SOURCE, ...HOLD]

/** Writes so many bytes as fast as the socket takes them. */
export function pour(socket: Socket, length: number): void {
  let left = length
  const more = (): void => {
    while (left > 0) {
      const chunk = left < CHUNK.byteLength ? CHUNK.subarray(0, left) : CHUNK
      left -= chunk.byteLength
      if (!socket.write(chunk)) return
    }
    socket.off('drain', more)
  }
  socket.on('drain', more)
  more()
}
