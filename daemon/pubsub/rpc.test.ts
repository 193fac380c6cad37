import { RPC } from '@libp2p/gossipsub/message'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRpc, encodeMessage, encodeRpc, type PubsubMessage, type Rpc } from './rpc.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

/** Without the length, which takes one byte or two here. */
function body(rpc: Rpc): Uint8Array {
  const framed = encodeRpc(rpc)
  return framed.subarray((framed[0] as number) < 0x80 ? 1 : 2)
}

/** Bytes are compared, not what holds them. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]))
}

const everything: Rpc = {
  subscriptions: [
    { subscribe: true, topic: 'a' },
    { subscribe: false, topic: 'é' },
  ],
  messages: [
    { from: bytes(1), data: bytes(2, 3), seqno: bytes(0, 1), topic: 't', signature: bytes(5), key: bytes(6) },
    { data: bytes(), topic: 'u' },
  ],
  control: {
    ihave: [{ topicID: 't', messageIDs: [bytes(9, 9)] }],
    iwant: [{ messageIDs: [bytes(8), bytes(7)] }],
    graft: [{ topicID: 't' }],
    prune: [{ topicID: 't', peers: [], backoff: 60 }],
    idontwant: [{ messageIDs: [bytes(1, 2)] }],
  },
}

test('what is written is what is read, by this codec and by the library’s', () => {
  expect(plain(decodeRpc(body(everything)))).toEqual(plain(everything))
  expect(plain(RPC.decode(body(everything)))).toEqual(plain(everything))
  expect(plain(decodeRpc(RPC.encode(everything)))).toEqual(plain(everything))
})

test('an empty RPC is an empty frame', () => {
  expect([...encodeRpc({ subscriptions: [], messages: [] })]).toEqual([0])
  expect(decodeRpc(bytes())).toEqual({ subscriptions: [], messages: [] })
})

test('an empty topic is written, and one that was left out is not', () => {
  const empty: PubsubMessage = { data: bytes(1), topic: '' }
  expect([...encodeMessage(empty)]).toEqual([0x12, 1, 1, 0x22, 0])
  const leftOut: PubsubMessage = { ...empty, topicless: true }
  expect([...encodeMessage(leftOut)]).toEqual([0x12, 1, 1])
  for (const message of [empty, leftOut]) {
    expect(plain(decodeRpc(body({ subscriptions: [], messages: [message] })).messages)).toEqual(plain([message]))
  }
})

test('what has a topic that is not UTF-8 is passed over', () => {
  const invalid = [0x22, 2, 0xff, 0xfe]
  expect(decodeRpc(bytes(0x12, 4, ...invalid, 0x12, 3, 0x22, 1, 0x61)).messages).toEqual([{ topic: 'a' }])
  expect(decodeRpc(bytes(0x0a, 4, 0x12, 2, 0xff, 0xfe)).subscriptions).toEqual([])
})

test('lists are cut where nobody means them', () => {
  expect(decodeRpc(new Uint8Array(20_000).map((_, index) => (index % 2 === 0 ? 0x12 : 0))).messages).toHaveLength(5_000)
})

test.each([
  ['a field longer than the RPC', bytes(0x12, 5, 1)],
  ['a field longer than its message', bytes(0x12, 2, 0x12, 5, 1, 1, 1, 1)],
  ['a group that does not end', bytes(0x0b)],
  ['an endless varint', new Uint8Array(20).fill(0xff)],
])('%s is an error', (_name, damaged) => {
  expect(() => decodeRpc(damaged)).toThrow()
})

test('no bytes are more than an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), garbage => {
      try {
        decodeRpc(garbage)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
    { numRuns: 2_000 },
  )
})
