import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { decode, Event, FrameDecoder } from '../../proto/codec.ts'
import type { EventListener, Events } from './events.ts'
import { serveEvents } from './subscription.ts'

/** Events that happen when the test says so. */
class FakeEvents {
  present: Event[] = [{ type: Event.Type.STATE_COMPLETE }]
  readonly #listeners = new Set<EventListener>()
  state = () => this.present
  listen = (listener: EventListener) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  get listeners(): number {
    return this.#listeners.size
  }
  happens(event: Event): void {
    for (const listener of this.#listeners) listener(event)
  }
}

let server: ReturnType<typeof createServer>
let ours: Socket
let theirs: Socket
let events: FakeEvents
const stopping = new AbortController()
beforeEach(async () => {
  events = new FakeEvents()
  server = createServer({ allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const accepted = once(server, 'connection')
  theirs = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  theirs.on('error', () => {})
  ours = (await accepted)[0]
  ours.on('error', () => {})
})
afterEach(() => {
  theirs.destroy()
  ours.destroy()
  server.close()
})

const serve = (types: number[] = [], signal = stopping.signal) =>
  serveEvents(ours, events as unknown as Events, types, signal)

/** Collects the types of the events that arrive. */
function collect(): number[] {
  const types: number[] = []
  const decoder = new FrameDecoder()
  theirs.on('data', chunk => {
    decoder.push(chunk)
    for (let body = decoder.next(); body !== undefined; body = decoder.next()) types.push(decode(Event, body).type)
  })
  return types
}

const { STATE_COMPLETE, PEER_CONNECTED, PEER_DISCONNECTED, ADDRESSES_CHANGED, ERROR } = Event.Type
const arrived = (types: number[], expected: number[]) =>
  until(() => types.length >= expected.length, { deadline: 5_000, what: 'events to arrive' }).then(() =>
    expect(types).toEqual(expected),
  )

test('the state comes first, then what happens', async () => {
  events.present = [{ type: PEER_CONNECTED }, { type: STATE_COMPLETE }]
  void serve()
  events.happens({ type: PEER_DISCONNECTED })
  await arrived(collect(), [PEER_CONNECTED, STATE_COMPLETE, PEER_DISCONNECTED])
})

test('only what was asked for comes, and the end of the state', async () => {
  events.present = [{ type: PEER_CONNECTED }, { type: STATE_COMPLETE }]
  void serve([ADDRESSES_CHANGED])
  events.happens({ type: PEER_DISCONNECTED })
  events.happens({ type: ADDRESSES_CHANGED })
  await arrived(collect(), [STATE_COMPLETE, ADDRESSES_CHANGED])
})

test.each<[string, () => void]>([
  ['half-closes', () => theirs.end()],
  ['closes', () => theirs.destroy()],
  ['resets', () => theirs.resetAndDestroy()],
])('a client that %s no longer listens', async (_name, leave) => {
  const served = serve()
  theirs.resume()
  expect(events.listeners).toBe(1)
  leave()
  await served
  expect(events.listeners).toBe(0)
})

test('a client that had half-closed before gets the state alone', async () => {
  ours.resume()
  theirs.end()
  await once(ours, 'end')
  await serve()
  ours.end()
  const types = collect()
  await once(theirs, 'end')
  expect(types).toEqual([STATE_COMPLETE])
})

test('the end of the daemon ends it', async () => {
  const stop = new AbortController()
  const served = serve([], stop.signal)
  stop.abort()
  await served
  expect(events.listeners).toBe(0)
})

test('what else the client sends is of no effect', async () => {
  void serve()
  const types = collect()
  theirs.write(Buffer.alloc(100_000, 255))
  await until(() => ours.bytesRead >= 100_000, { deadline: 5_000, what: 'the bytes to be read' })
  events.happens({ type: PEER_CONNECTED })
  await arrived(types, [STATE_COMPLETE, PEER_CONNECTED])
})

const large = { type: ADDRESSES_CHANGED, addrs: [new Uint8Array(10_000)] }

test('a client that does not read costs so much memory and no more, and learns at the end that it missed some', async () => {
  const served = serve()
  theirs.pause()
  let sent = 0
  for (; events.listeners > 0 && sent < 10_000; sent++) events.happens(large)
  expect(sent).toBeLessThan(10_000)
  expect(ours.writableLength).toBeLessThan(1024 * 1024 + 20_000)
  const types = collect()
  theirs.resume()
  await served
  await once(theirs, 'end')
  // not one is missing before the error
  expect(types).toEqual([STATE_COMPLETE, ...Array(sent).fill(ADDRESSES_CHANGED), ERROR])
})

test('a large state does not count as slowness', async () => {
  events.present = [...Array(2_000).fill(large), { type: STATE_COMPLETE }]
  void serve()
  expect(ours.writableLength).toBeGreaterThan(1024 * 1024)
  events.happens({ type: PEER_CONNECTED })
  expect(events.listeners).toBe(1)
  await arrived(collect(), [...Array(2_000).fill(ADDRESSES_CHANGED), STATE_COMPLETE, PEER_CONNECTED])
})
