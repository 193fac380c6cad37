import { EventEmitter } from 'node:events'
import type { Connection, Metrics, Stream, StreamHandler, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { streamPair } from '@libp2p/utils'
import { beforeEach, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { DIRECT, InboundStreams } from './inbound.ts'

const CONNECTION = { id: 'the connection' } as Connection
const VERSION = '\x13/multistream/1.0.0\n'
const DIRECTLY = '/direct/1'
const INDIRECTLY = '/indirect/1'

let served: { readonly stream: Stream; readonly connection: Connection }[]
let counted: Stream[]
let handler: StreamHandler
beforeEach(() => {
  served = []
  counted = []
  handler = (stream, connection) => void served.push({ stream, connection })
})

/** A muxer as js-libp2p sees it, to which remotes open streams when the test says. */
function muxer(): {
  inbound: InboundStreams
  streams: Stream[]
  heard: Stream[]
  open(protocol: string): Promise<Stream>
} {
  const events = new EventEmitter()
  const streams: Stream[] = []
  const handlers = new Map([
    [DIRECTLY, { handler: (...words: Parameters<StreamHandler>) => handler(...words), options: { [DIRECT]: true } }],
    [INDIRECTLY, { handler: () => {}, options: {} }],
  ])
  const registrar = {
    getProtocols: () => [...handlers.keys()],
    getHandler(protocol: string) {
      const found = handlers.get(protocol)
      if (found === undefined) throw new Error('no handler')
      return found
    },
  } as unknown as Registrar
  const metrics = { trackProtocolStream: (stream: Stream) => counted.push(stream) } as unknown as Metrics
  const inbound = new InboundStreams(metrics)
  const own = { streams, addEventListener: events.on.bind(events) } as unknown as StreamMuxer
  const factory = { createStreamMuxer: () => own } as unknown as StreamMuxerFactory
  const watched = inbound
    .muxer(() => factory)({ registrar })
    .createStreamMuxer({} as never)
  const heard: Stream[] = []
  watched.addEventListener('stream', ({ detail }) => heard.push(detail))
  return {
    inbound,
    streams,
    heard,
    async open(protocol) {
      const [near, far] = await streamPair({ delay: 0 })
      events.emit('stream', new CustomEvent('stream', { detail: near }))
      far.send(Buffer.from(`${VERSION}${String.fromCharCode(protocol.length + 1)}${protocol}\n`, 'latin1'))
      return far
    },
  }
}

const soon = (what: string, reached: () => boolean): Promise<unknown> => until(reached, { deadline: 5_000, what })

test('a stream of a direct protocol goes to its handler with its connection, is counted, and js-libp2p hears nothing', async () => {
  const { inbound, streams, heard, open } = muxer()
  inbound.opened({ ...CONNECTION, streams })
  await open(DIRECTLY)
  await soon('the stream', () => served.length === 1)
  expect(served[0]?.connection.id).toBe(CONNECTION.id)
  expect(served[0]?.stream.protocol).toBe(DIRECTLY)
  expect(counted).toEqual([served[0]?.stream])
  expect(heard).toEqual([])
})

test.each([
  ['any other protocol', INDIRECTLY, true],
  ['a connection that is only being made', DIRECTLY, false],
])('streams of %s are handed on once they have a protocol', async (_, protocol, opened) => {
  const { inbound, streams, heard, open } = muxer()
  if (opened) inbound.opened({ ...CONNECTION, streams })
  await open(protocol)
  await soon('the stream', () => heard.length === 1)
  expect(heard[0]?.protocol).toBe(protocol)
  expect(served).toEqual([])
})

test('a protocol that nobody handles is refused, and nobody hears of the stream', async () => {
  const { inbound, streams, heard, open } = muxer()
  inbound.opened({ ...CONNECTION, streams })
  const far = await open('/nobody/1')
  let got = ''
  far.addEventListener('message', ({ data }) => {
    got += Buffer.from(data.subarray()).toString('latin1')
  })
  await soon('the refusal', () => got === `${VERSION}\x03na\n`)
  expect([...served, ...heard]).toEqual([])
})

test.each([
  ['throws', () => Promise.reject(new Error('no'))],
  [
    'throws at once',
    () => {
      throw new Error('no')
    },
  ],
] as const)('a handler that %s has its stream reset', async (_, fails) => {
  const { inbound, streams, open } = muxer()
  inbound.opened({ ...CONNECTION, streams })
  let near: Stream | undefined
  handler = stream => {
    near = stream
    return fails()
  }
  await open(DIRECTLY)
  await soon('the reset', () => near?.status === 'aborted')
})
