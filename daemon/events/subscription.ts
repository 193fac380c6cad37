import type { Socket } from 'node:net'
import { Event, encode } from '../../proto/codec.ts'
import type { RequestErrorCode } from '../control/request-error.ts'
import type { Events } from './events.ts'

/** How long, in ms, a client that did not read in time has to find out. */
const LINGER = 60_000

/** Bytes of events that may wait for a client that does not read, beside the present state that it asked for. */
const MAX_WAITING = 1024 * 1024

const CODE: RequestErrorCode = 'ERR_LIMIT'

/** What every subscriber gets, whichever types it has asked for. */
const ALWAYS: ReadonlySet<number> = new Set([Event.Type.STATE_COMPLETE, Event.Type.ERROR])

/**
 * Sends the present state, then every event, until the client closes its side, or both, or the signal aborts. A client
 * that reads too slowly is told so by a last event: it misses none without knowing.
 *
 * @param types none: all
 */
export function serveEvents(
  socket: Socket,
  events: Events,
  types: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const wanted = (type: number): boolean => types.length === 0 || types.includes(type) || ALWAYS.has(type)

  const send = (event: Event): void => {
    if (wanted(event.type) && socket.writable) socket.write(encode(Event, event))
  }
  for (const event of events.state()) send(event)
  let allowance = socket.writableLength

  const stopListening = events.listen(event => {
    send(event)
    if (socket.writableLength <= allowance + MAX_WAITING) return
    const msg = `events were not read in time: ${MAX_WAITING} bytes of them waited`
    send({ type: Event.Type.ERROR, time: Date.now(), error: { msg, code: CODE } })
    stopListening()
    socket.end(end)
    linger = setTimeout(end, LINGER).unref()
  })
  let linger: NodeJS.Timeout | undefined
  const onDrain = (): void => {
    allowance = 0
  }
  const end = (): void => {
    stopListening()
    clearTimeout(linger)
    socket.off('end', end)
    socket.off('close', end)
    socket.off('drain', onDrain)
    signal.removeEventListener('abort', end)
    resolve()
  }
  socket.on('drain', onDrain)
  socket.on('end', end)
  socket.on('close', end)
  signal.addEventListener('abort', end)
  if (socket.readableEnded || signal.aborted) end()
  // whatever else the client sends has no meaning here
  else socket.resume()
  return promise
}
