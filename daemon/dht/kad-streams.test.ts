import type { Connection, Stream } from '@libp2p/interface'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { encode } from '../../proto/codec.ts'
import { KadMessage, KadType } from '../../proto/kad.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { KadStream } from './kad-stream.ts'
import { KadStreams } from './kad-streams.ts'
import { KAD_PROTOCOL } from './messenger.ts'

const FOREVER = new AbortController().signal
const question = (key: string): KadMessage => ({ type: KadType.FIND_NODE, key: Buffer.from(key) })
const keyOf = ({ key }: KadMessage): string => Buffer.from(key ?? []).toString()

/** Two hosts, one of which answers on the DHT's protocol as the test says. */
async function connected(stack: AsyncDisposableStack, serve: (stream: Stream) => Promise<void>) {
  const asker: TestHost = stack.use(await startHost())
  const answerer: TestHost = stack.use(await startHost())
  const opened: Stream[] = []
  await answerer.node.handle(KAD_PROTOCOL, async stream => {
    opened.push(stream)
    await serve(stream).catch(() => {})
  })
  const connection: Connection = await asker.connect(answerer)
  return { connection, opened, streams: new KadStreams(asker.knownProtocols) }
}

/** Repeats what it is asked, so many times on one stream. */
async function repeat(stream: Stream, times = Number.POSITIVE_INFINITY): Promise<void> {
  const messages = new KadStream(stream)
  for (let index = 0; index < times; index++) {
    const message = await messages.read()
    if (message === undefined) break
    await messages.write(message)
  }
  await messages.end()
}

test('one question after the other goes on the same stream, several at once on their own', async () => {
  await using stack = new AsyncDisposableStack()
  const { connection, opened, streams } = await connected(stack, repeat)
  for (const key of ['a', 'b', 'c']) {
    expect(keyOf(await streams.request(connection, question(key), FOREVER))).toBe(key)
  }
  expect(opened).toHaveLength(1)
  const keys = ['d', 'e', 'f', 'g']
  const answers = await Promise.all(keys.map(key => streams.request(connection, question(key), FOREVER)))
  expect(answers.map(keyOf)).toEqual(keys)
  expect(opened).toHaveLength(4)
  // no more are kept than what usually goes on at the same time
  const open = (): number => opened.filter(({ status }) => status === 'open').length
  await until(() => open() === 2, { deadline: 5_000, what: 'the streams of the burst to be closed' })
})

test.each<[string, (stream: Stream) => Promise<void>]>([
  ['ends', stream => repeat(stream, 1)],
  [
    'is reset at the second question',
    async stream => {
      const messages = new KadStream(stream)
      await messages.write((await messages.read()) as KadMessage)
      await messages.read()
      messages.abort(new Error('enough'))
    },
  ],
])('a stream that %s after an answer is replaced', async (_, serve) => {
  await using stack = new AsyncDisposableStack()
  const { connection, opened, streams } = await connected(stack, serve)
  for (const key of ['a', 'b', 'c']) {
    expect(keyOf(await streams.request(connection, question(key), FOREVER))).toBe(key)
  }
  expect(opened).toHaveLength(3)
})

test('an answer that is no message fails, also on a kept stream, and that stream is not used again', async () => {
  await using stack = new AsyncDisposableStack()
  let answers = 0
  const { connection, opened, streams } = await connected(stack, async stream => {
    const messages = new KadStream(stream)
    for (;;) {
      const message = (await messages.read()) as KadMessage
      answers += 1
      if (answers === 2) stream.send(Buffer.from([2, 0xff, 0xff]))
      else await messages.write(message)
    }
  })
  await streams.request(connection, question('a'), FOREVER)
  await expect(streams.request(connection, question('b'), FOREVER)).rejects.toMatchObject({
    code: 'ERR_MESSAGE_UNDECODABLE',
  })
  expect(keyOf(await streams.request(connection, question('c'), FOREVER))).toBe('c')
  expect(opened).toHaveLength(2)
})

test('what a peer says unasked on a kept stream is no answer to the next question', async () => {
  await using stack = new AsyncDisposableStack()
  const { connection, streams } = await connected(stack, async stream => {
    const messages = new KadStream(stream)
    for (let message = await messages.read(); message !== undefined; message = await messages.read()) {
      const frame = encode(KadMessage, message)
      stream.send(Buffer.concat([frame, frame]))
    }
  })
  for (const key of ['a', 'b', 'c']) {
    expect(keyOf(await streams.request(connection, question(key), FOREVER))).toBe(key)
  }
})

test('who stops waiting, before or after asking, gets the reason, and the stream is reset', async () => {
  await using stack = new AsyncDisposableStack()
  const { connection, opened, streams } = await connected(stack, () => new Promise(() => {}))
  const controller = new AbortController()
  const asked = streams.request(connection, question('a'), controller.signal)
  await until(() => opened.length === 1, { deadline: 5_000, what: 'the question' })
  controller.abort(new Error('never mind'))
  await expect(asked).rejects.toThrow('never mind')
  await until(() => opened[0]?.status === 'reset', { deadline: 5_000, what: 'the reset' })
  await expect(streams.request(connection, question('b'), controller.signal)).rejects.toThrow('never mind')
})
