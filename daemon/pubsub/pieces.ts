import type { Control, Rpc, SubOpts } from './rpc.ts'

/**
 * The most, in bytes, that rust-libp2p reads of an RPC's subscriptions and control together, unless it is told otherwise:
 * of whoever sends more, it reads nothing any more.
 */
const MAX_LENGTH = 16 * 1024

/** What an item takes beside its text and its ids, and each id beside its bytes; generous, for lengths and tags. */
const ITEM = 24
const ID = 4

/** Part of what is to be said, of a length that is known well enough. */
interface Piece {
  readonly length: number
  add(rpc: Filled): void
}

interface Filled extends Rpc {
  readonly control: Control
}

/** Divides what is to be said, without its messages, into RPCs that every peer reads. */
export function* inPieces({ subscriptions, control }: Pick<Rpc, 'subscriptions' | 'control'>): Generator<Rpc> {
  let rpc = empty()
  let length = 0
  for (const piece of pieces(subscriptions, control)) {
    if (length > 0 && length + piece.length > MAX_LENGTH) {
      yield trimmed(rpc)
      rpc = empty()
      length = 0
    }
    piece.add(rpc)
    length += piece.length
  }
  if (length > 0) yield trimmed(rpc)
}

function* pieces(subscriptions: readonly SubOpts[], control: Control | undefined): Generator<Piece> {
  for (const item of subscriptions) {
    yield { length: ITEM + textLength(item.topic), add: rpc => rpc.subscriptions.push(item) }
  }
  if (control === undefined) return
  for (const item of control.graft) {
    yield { length: ITEM + textLength(item.topicID), add: ({ control }) => control.graft.push(item) }
  }
  for (const item of control.prune) {
    const peers = item.peers.reduce((sum, { peerID, signedPeerRecord }) => {
      return sum + ITEM + (peerID?.byteLength ?? 0) + (signedPeerRecord?.byteLength ?? 0)
    }, 0)
    yield { length: ITEM + textLength(item.topicID) + peers, add: ({ control }) => control.prune.push(item) }
  }
  for (const { topicID, messageIDs } of control.ihave) {
    for (const ids of chunks(messageIDs, textLength(topicID))) {
      const item = { ...(topicID !== undefined && { topicID }), messageIDs: ids }
      yield { length: idsLength(ids) + textLength(topicID), add: ({ control }) => control.ihave.push(item) }
    }
  }
  for (const kind of ['iwant', 'idontwant'] as const) {
    for (const { messageIDs } of control[kind]) {
      for (const ids of chunks(messageIDs, 0)) {
        yield { length: idsLength(ids), add: ({ control }) => control[kind].push({ messageIDs: ids }) }
      }
    }
  }
}

/** Divides a list of ids so that each part fits into an RPC, with so many bytes beside it. */
function* chunks(ids: readonly Uint8Array[], beside: number): Generator<Uint8Array[]> {
  let chunk: Uint8Array[] = []
  let length = ITEM + beside
  for (const id of ids) {
    if (chunk.length > 0 && length + ID + id.byteLength > MAX_LENGTH) {
      yield chunk
      chunk = []
      length = ITEM + beside
    }
    chunk.push(id)
    length += ID + id.byteLength
  }
  if (chunk.length > 0) yield chunk
}

function idsLength(ids: readonly Uint8Array[]): number {
  return ids.reduce((sum, { byteLength }) => sum + ID + byteLength, ITEM)
}

function textLength(text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(text)
}

function empty(): Filled {
  return {
    subscriptions: [],
    messages: [],
    control: { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] },
  }
}

/** Without a control part that says nothing. */
function trimmed({ subscriptions, messages, control }: Filled): Rpc {
  const says = Object.values(control).some(list => list.length > 0)
  return { subscriptions, messages, ...(says && { control }) }
}
