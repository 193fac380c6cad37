import { setTimeout as delay } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { CircuitStatus, StopMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { readStream, writeStream } from '../stream-io.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { STOP_PROTOCOL } from './protocol.ts'
import { askHop, callTo, hopStatus, RESERVE } from './raw-hop.ts'

/** How long, in ms, a writer must have been refused before it counts as stopped. */
const STALLED = 1_500

/** Both ends of a circuit, bare. */
interface Circuit extends AsyncDisposable {
  readonly relay: TestHost
  readonly caller: Stream
  readonly called: Stream
}

/** Calls through a relay with these flags, and answers by hand. */
async function openCircuit(...flags: string[]): Promise<Circuit> {
  await using stack = new AsyncDisposableStack()
  const relay = stack.use(await startHost(...flags))
  const caller = stack.use(await startHost())
  const called = stack.use(await startHost())
  const { promise, resolve } = Promise.withResolvers<Stream>()
  const answer = async (stream: Stream): Promise<void> => {
    const messages = new MessageStream(stream)
    await messages.read(StopMessage, AbortSignal.timeout(5_000))
    messages.write(StopMessage, { type: StopMessage.Type.STATUS, status: CircuitStatus.OK })
    resolve(messages.release())
  }
  await called.node.handle(STOP_PROTOCOL, answer, { force: true })
  await hopStatus(called, relay, RESERVE)
  const { stream } = await askHop(caller, relay, callTo(called))
  const ends = { relay, caller: stream, called: await promise }
  const owned = stack.move()
  return { ...ends, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Collects what arrives until the end: the bytes, or why there is no end. */
function collect(stream: Stream): Promise<Buffer | Error> {
  const { promise, resolve } = Promise.withResolvers<Buffer | Error>()
  const chunks: Uint8Array[] = []
  readStream(stream, {
    data: chunk => chunks.push(chunk.subarray()),
    end: () => resolve(Buffer.concat(chunks)),
    error: resolve,
  })
  return promise
}

test('the end of a direction is passed on, and the other stays open', async () => {
  await using circuit = await openCircuit()
  const request = collect(circuit.called)
  const answer = collect(circuit.caller)
  circuit.caller.send(Buffer.from('request'))
  await circuit.caller.close()
  expect(String(await request)).toBe('request')
  circuit.called.send(Buffer.from('answer'))
  await circuit.called.close()
  expect(String(await answer)).toBe('answer')
  await until(async () => circuit.relay.relay.service?.usage.circuits === 0, {
    deadline: 5_000,
    what: 'the circuit to be over',
  })
})

test('a reset at one end is a reset at the other', async () => {
  await using circuit = await openCircuit()
  const got = collect(circuit.called)
  circuit.caller.abort(new Error('no more'))
  expect(await got).toBeInstanceOf(Error)
})

test('each direction may carry so many bytes, and with one more both are reset', async () => {
  await using circuit = await openCircuit('-relayDataLimit=1000')
  const called = collect(circuit.called)
  const caller = collect(circuit.caller)
  circuit.caller.send(new Uint8Array(1000))
  circuit.called.send(new Uint8Array(1000))
  await circuit.caller.close()
  expect(await called).toHaveLength(1000)
  circuit.called.send(new Uint8Array(1))
  expect(await caller).toBeInstanceOf(Error)
})

test('a circuit ends when its time is up', async () => {
  await using circuit = await openCircuit('-relayTimeLimit=200ms')
  expect(await collect(circuit.caller)).toBeInstanceOf(Error)
})

test('a reader that stops stops the writer, and nothing is lost when it goes on', { timeout: 60_000 }, async () => {
  await using circuit = await openCircuit('-relayDataLimit=0')
  circuit.called.pause()
  const block = new Uint8Array(1024 * 1024)
  let sent = 0
  let drained: () => void = () => {}
  const writer = writeStream(circuit.caller, () => drained())
  // two windows of 16 MiB, and what the three of them buffer
  while (sent < 100 * block.length) {
    const refused = new Promise<'drained'>(resolve => {
      drained = () => resolve('drained')
    })
    sent += block.length
    if (!writer.write(block) && (await Promise.race([refused, delay(STALLED)])) !== 'drained') break
  }
  expect(sent).toBeLessThan(100 * block.length)
  const all = collect(circuit.called)
  circuit.called.resume()
  void writer.end()
  expect(await all).toHaveLength(sent)
})

test('a relay that stops resets its circuits', async () => {
  await using circuit = await openCircuit()
  const got = collect(circuit.caller)
  await circuit.relay.stop()
  expect(await got).toBeInstanceOf(Error)
})
