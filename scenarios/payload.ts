import { createHash, randomBytes } from 'node:crypto'
import { on, once } from 'node:events'
import type { DaemonStream } from '../bindings/typescript/index.ts'
import { CheckFailure } from '../harness/verify.ts'

/** Random bytes, so that nothing passes by luck. */
export function payload(length: number): Buffer {
  return randomBytes(length)
}

export function digest(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Writes as fast as the stream takes it; resolves when all is on its way. */
export async function send(stream: DaemonStream, bytes: Uint8Array | string, signal: AbortSignal): Promise<void> {
  if (!stream.write(bytes)) await once(stream, 'drain', { signal })
}

/**
 * Reads exactly so many bytes and leaves the rest.
 *
 * @throws CheckFailure when the stream ends before
 */
export async function receive(stream: DaemonStream, length: number, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = []
  let got = 0
  while (got < length) {
    const part: Buffer | null = stream.read(Math.min(stream.readableLength, length - got))
    if (part !== null && part.length > 0) {
      parts.push(part)
      got += part.length
    } else if (!(await moreToRead(stream, signal))) {
      throw new CheckFailure('the stream', `${length} bytes`, `its end after ${got} bytes`)
    }
  }
  return Buffer.concat(parts)
}

/** Reads until the other side has closed. An end without a half-close, a reset, is an end too. */
export async function receiveAll(stream: DaemonStream, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = []
  for (;;) {
    const part: Buffer | null = stream.read()
    if (part !== null) parts.push(part)
    else if (!(await moreToRead(stream, signal))) return Buffer.concat(parts)
  }
}

/** Sends back whatever comes until the other side closes or goes away. */
export async function echo(stream: DaemonStream, signal: AbortSignal): Promise<void> {
  for (;;) {
    const part: Buffer | null = stream.read()
    if (part !== null) await send(stream, part, signal)
    else if (!(await moreToRead(stream, signal))) break
  }
  stream.end()
}

async function moreToRead(stream: DaemonStream, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted()
  if (stream.readableLength > 0) return true
  if (stream.readableEnded || stream.destroyed) return false
  // 'close' ends the iteration; an error is followed by it
  for await (const _ of on(stream, 'readable', { signal, close: ['end', 'close', 'error'] })) {
    return !stream.readableEnded
  }
  return false
}
