import { expect, test } from 'vitest'
import { inPieces } from './pieces.ts'
import { type Control, encodeRpc, type Rpc } from './rpc.ts'

const NOTHING: Control = { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] }

/** What rust-libp2p reads of subscriptions and control, unless it is told otherwise. */
const LIMIT = 16_384

const ids = (count: number): Uint8Array[] => Array.from({ length: count }, (_, index) => Buffer.alloc(46, index))

/** The pieces, none of which is too long. */
function divide(rpc: Pick<Rpc, 'subscriptions' | 'control'>): Rpc[] {
  const pieces = [...inPieces(rpc)]
  for (const piece of pieces) expect(encodeRpc(piece).byteLength - 3).toBeLessThanOrEqual(LIMIT)
  return pieces
}

test('what is short stays in one piece', () => {
  const rpc: Rpc = {
    subscriptions: [{ topic: 'a', subscribe: true }],
    messages: [],
    control: {
      ihave: [{ topicID: 'a', messageIDs: ids(3) }],
      iwant: [{ messageIDs: ids(2) }],
      graft: [{ topicID: 'a' }],
      prune: [{ topicID: 'b', peers: [], backoff: 60 }],
      idontwant: [{ messageIDs: ids(1) }],
    },
  }
  expect(divide(rpc)).toEqual([rpc])
})

test('what says nothing is nothing', () => {
  expect(divide({ subscriptions: [], control: NOTHING })).toEqual([])
})

test('subscriptions have no control part', () => {
  expect(divide({ subscriptions: [{ topic: 'a', subscribe: true }] })).toEqual([
    { subscriptions: [{ topic: 'a', subscribe: true }], messages: [] },
  ])
})

test('many ids are divided, and none is lost or in another order', () => {
  const messageIDs = ids(5_000)
  const pieces = divide({
    subscriptions: [],
    control: { ...NOTHING, ihave: [{ topicID: 't', messageIDs }], iwant: [{ messageIDs }] },
  })
  expect(pieces.length).toBeGreaterThan(20)
  const controls = pieces.map(({ control }) => control ?? NOTHING)
  const offered = controls.flatMap(({ ihave }) => ihave)
  expect(new Set(offered.map(({ topicID }) => topicID))).toEqual(new Set(['t']))
  expect(offered.flatMap(({ messageIDs }) => messageIDs)).toEqual(messageIDs)
  expect(controls.flatMap(({ iwant }) => iwant).flatMap(({ messageIDs }) => messageIDs)).toEqual(messageIDs)
})

test('many subscriptions are divided', () => {
  const subscriptions = Array.from({ length: 2_000 }, (_, index) => ({ topic: `topic ${index}`, subscribe: true }))
  const pieces = divide({ subscriptions })
  expect(pieces.length).toBeGreaterThan(2)
  expect(pieces.flatMap(piece => piece.subscriptions)).toEqual(subscriptions)
})
