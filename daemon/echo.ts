import type { Stream } from '@libp2p/interface'
import { readStream, writeStream } from './stream-io.ts'

export const ECHO_PROTOCOL = '/echo/1.0.0'

/** Sends back what arrives, as fast as the remote takes it, and closes when the remote has. */
export function echo(stream: Stream): void {
  const writer = writeStream(stream, () => reader.resume())
  const reader = readStream(stream, {
    data(chunk) {
      if (!writer.write(chunk)) reader.pause()
    },
    end() {
      void writer.end()
    },
    error() {},
  })
}
