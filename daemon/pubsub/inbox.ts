import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import { FrameDecoder, ProtocolError } from '../../proto/codec.ts'
import { readStream } from '../stream-io.ts'
import { MAX_RPC_LENGTH } from './rpc.ts'

/**
 * Bytes of RPCs that may wait to be handled before the peer is made to wait. Reading runs ahead of handling because go
 * drops messages for a peer as soon as 32 of them wait for it: a burst must not meet a closed window.
 */
const MAX_WAITING = 16 * 1024 * 1024

/** How long, in ms, RPCs of one peer are handled before others have their turn. */
const SLICE = 4

/** Hands over the RPCs that arrive on a peer's stream, one at a time, and waits until each is handled. */
export function receiveRpcs(stream: Stream, handle: (rpc: Uint8Array) => Promise<void>): void {
  const decoder = new FrameDecoder(MAX_RPC_LENGTH)
  const waiting: Uint8Array[] = []
  let bytes = 0
  let working = false

  const work = async (): Promise<void> => {
    if (working) return
    working = true
    let end = performance.now() + SLICE
    for (let rpc = waiting.shift(); rpc !== undefined; rpc = waiting.shift()) {
      await handle(rpc)
      bytes -= rpc.byteLength
      if (bytes <= MAX_WAITING / 2) reader.resume()
      if (performance.now() < end) continue
      await nextTurn()
      end = performance.now() + SLICE
    }
    working = false
  }

  const reader = readStream(stream, {
    data(chunk) {
      for (const part of chunk instanceof Uint8Array ? [chunk] : chunk) decoder.push(part)
      try {
        for (let rpc = decoder.next(); rpc !== undefined; rpc = decoder.next()) {
          waiting.push(rpc)
          bytes += rpc.byteLength
        }
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        // too long, or no length at all: what follows cannot be told apart any more
        stream.abort(error)
      }
      if (bytes > MAX_WAITING) reader.pause()
      void work()
    },
    end() {
      void stream.close().catch(() => {})
    },
    error() {
      // the peer, or its connection, is gone: the one that it opens next counts
    },
  })
  reader.resume()
}
