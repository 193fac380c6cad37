import protobuf from 'protobufjs/minimal.js'

/**
 * What pubsub peers send each other: libp2p's RPC message, in the shape in which `@libp2p/gossipsub` handles it.
 *
 * The library's own codec cannot be used: it leaves an empty topic out, on which go p2pd ends with a panic (its pubsub.go
 * dereferences the topic of each message for its subscribers), and it cannot tell a topic that was left out from an empty
 * one, though their signatures differ.
 */
export interface Rpc {
  subscriptions: SubOpts[]
  messages: PubsubMessage[]
  control?: Control
}

export interface SubOpts {
  subscribe?: boolean
  topic?: string
}

export interface PubsubMessage {
  /** The author's peer id: the bytes of its multihash. */
  from?: Uint8Array
  data?: Uint8Array
  /** Eight bytes, big-endian. */
  seqno?: Uint8Array
  topic: string
  /** The sender left the topic out, which means the empty one, and signed it so. */
  topicless?: true
  signature?: Uint8Array
  /** The author's public key, where its peer id does not contain it. */
  key?: Uint8Array
}

export interface Control {
  ihave: { topicID?: string; messageIDs: Uint8Array[] }[]
  iwant: { messageIDs: Uint8Array[] }[]
  graft: { topicID?: string }[]
  prune: { topicID?: string; peers: { peerID?: Uint8Array; signedPeerRecord?: Uint8Array }[]; backoff?: number }[]
  idontwant: { messageIDs: Uint8Array[] }[]
}

/** The longest RPC, in bytes, that go-libp2p-pubsub reads: it resets the stream of whoever sends a longer one. */
export const MAX_RPC_LENGTH = 1024 * 1024

/** Items that one list of an RPC may have; what is beyond it is not looked at. Empty ones take two bytes each. */
const MAX_ITEMS = 5_000

/** The RPC with its length before it, as it goes over the wire. */
export function encodeRpc({ subscriptions, messages, control }: Rpc): Uint8Array {
  const writer = protobuf.Writer.create().fork()
  for (const { subscribe, topic } of subscriptions) {
    writer.uint32(10).fork()
    if (subscribe !== undefined) writer.uint32(8).bool(subscribe)
    if (topic !== undefined) writer.uint32(18).string(topic)
    writer.ldelim()
  }
  for (const message of messages) {
    writer.uint32(18).fork()
    writeMessage(writer, message)
    writer.ldelim()
  }
  if (control !== undefined) {
    writer.uint32(26).fork()
    writeControl(writer, control)
    writer.ldelim()
  }
  return writer.ldelim().finish()
}

/** The message alone, as it is signed when it has neither signature nor key. */
export function encodeMessage(message: PubsubMessage): Uint8Array {
  const writer = protobuf.Writer.create()
  writeMessage(writer, message)
  return writer.finish()
}

/**
 * Reads an RPC without its length. Fields that are unknown, and topics that are not UTF-8, which no client of this daemon
 * can have asked for, are passed over.
 *
 * @throws Error when the bytes are no RPC
 */
export function decodeRpc(bytes: Uint8Array): Rpc {
  const reader = protobuf.Reader.create(bytes)
  const rpc: Rpc = { subscriptions: [], messages: [] }
  eachField(reader, reader.len, {
    1: end => append(rpc.subscriptions, readSubOpts(reader, end)),
    2: end => append(rpc.messages, readMessage(reader, end)),
    3: end => {
      rpc.control ??= { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] }
      readControl(reader, end, rpc.control)
    },
  })
  return rpc
}

function writeMessage(writer: protobuf.Writer, message: PubsubMessage): void {
  const { from, data, seqno, topic, topicless, signature, key } = message
  if (from !== undefined) writer.uint32(10).bytes(from)
  if (data !== undefined) writer.uint32(18).bytes(data)
  if (seqno !== undefined) writer.uint32(26).bytes(seqno)
  if (!topicless) writer.uint32(34).string(topic)
  if (signature !== undefined) writer.uint32(42).bytes(signature)
  if (key !== undefined) writer.uint32(50).bytes(key)
}

function writeControl(writer: protobuf.Writer, { ihave, iwant, graft, prune, idontwant }: Control): void {
  for (const { topicID, messageIDs } of ihave) {
    writer.uint32(10).fork()
    if (topicID !== undefined) writer.uint32(10).string(topicID)
    for (const id of messageIDs) writer.uint32(18).bytes(id)
    writer.ldelim()
  }
  for (const { messageIDs } of iwant) writeIds(writer, 18, messageIDs)
  for (const { topicID } of graft) {
    writer.uint32(26).fork()
    if (topicID !== undefined) writer.uint32(10).string(topicID)
    writer.ldelim()
  }
  for (const { topicID, peers, backoff } of prune) {
    writer.uint32(34).fork()
    if (topicID !== undefined) writer.uint32(10).string(topicID)
    for (const { peerID, signedPeerRecord } of peers) {
      writer.uint32(18).fork()
      if (peerID !== undefined) writer.uint32(10).bytes(peerID)
      if (signedPeerRecord !== undefined) writer.uint32(18).bytes(signedPeerRecord)
      writer.ldelim()
    }
    if (backoff !== undefined) writer.uint32(24).uint64(backoff)
    writer.ldelim()
  }
  for (const { messageIDs } of idontwant) writeIds(writer, 42, messageIDs)
}

function writeIds(writer: protobuf.Writer, tag: number, ids: readonly Uint8Array[]): void {
  writer.uint32(tag).fork()
  for (const id of ids) writer.uint32(10).bytes(id)
  writer.ldelim()
}

/** Readers of length-delimited fields, by number; each is told where its field ends, and reads up to there. */
type Fields = Readonly<Record<number, (end: number) => void>>

/** A field that is no length-delimited one: the reader stands at its value. */
type Scalars = Readonly<Record<number, () => void>>

const LENGTH_DELIMITED = 2
const VARINT = 0

function eachField(reader: protobuf.Reader, end: number, fields: Fields, varints: Scalars = {}): void {
  while (reader.pos < end) {
    const tag = reader.uint32()
    const number = tag >>> 3
    const wireType = tag & 7
    const field = fields[number]
    const varint = varints[number]
    if (wireType === LENGTH_DELIMITED && field !== undefined) {
      const fieldEnd = reader.uint32() + reader.pos
      if (fieldEnd > end) throw new RangeError('a field is longer than its message')
      field(fieldEnd)
      reader.pos = fieldEnd
    } else if (wireType === VARINT && varint !== undefined) {
      varint()
    } else {
      reader.skipType(wireType)
    }
  }
  if (reader.pos > end) throw new RangeError('a field is longer than its message')
}

function append<Item>(list: Item[], item: Item | undefined): void {
  if (item !== undefined && list.length < MAX_ITEMS) list.push(item)
}

function readSubOpts(reader: protobuf.Reader, end: number): SubOpts | undefined {
  const item: SubOpts = {}
  let readable = true
  eachField(
    reader,
    end,
    {
      2: topicEnd => {
        const topic = readTopic(reader, topicEnd)
        if (topic === undefined) readable = false
        else item.topic = topic
      },
    },
    {
      1: () => {
        item.subscribe = reader.bool()
      },
    },
  )
  return readable ? item : undefined
}

function readMessage(reader: protobuf.Reader, end: number): PubsubMessage | undefined {
  let topic: string | undefined
  let readable = true
  const message: Omit<PubsubMessage, 'topic'> = {}
  const bytes = (name: 'from' | 'data' | 'seqno' | 'signature' | 'key') => (fieldEnd: number) => {
    message[name] = readBytes(reader, fieldEnd)
  }
  eachField(reader, end, {
    1: bytes('from'),
    2: bytes('data'),
    3: bytes('seqno'),
    4: topicEnd => {
      topic = readTopic(reader, topicEnd)
      readable = topic !== undefined
    },
    5: bytes('signature'),
    6: bytes('key'),
  })
  if (!readable) return undefined
  return topic === undefined ? { ...message, topic: '', topicless: true } : { ...message, topic }
}

function readControl(reader: protobuf.Reader, end: number, control: Control): void {
  const ids =
    (list: { messageIDs: Uint8Array[] }[]) =>
    (itemEnd: number): void => {
      const messageIDs: Uint8Array[] = []
      eachField(reader, itemEnd, { 1: idEnd => append(messageIDs, readBytes(reader, idEnd)) })
      append(list, { messageIDs })
    }
  eachField(reader, end, {
    1: itemEnd => {
      const item: Control['ihave'][number] = { messageIDs: [] }
      eachField(reader, itemEnd, {
        1: topicEnd => assignTopic(item, readTopic(reader, topicEnd)),
        2: idEnd => append(item.messageIDs, readBytes(reader, idEnd)),
      })
      append(control.ihave, item)
    },
    2: ids(control.iwant),
    3: itemEnd => {
      const item: Control['graft'][number] = {}
      eachField(reader, itemEnd, { 1: topicEnd => assignTopic(item, readTopic(reader, topicEnd)) })
      append(control.graft, item)
    },
    4: itemEnd => {
      // which other peers there are is not read: this daemon dials nobody on a stranger's word
      const item: Control['prune'][number] = { peers: [] }
      eachField(
        reader,
        itemEnd,
        { 1: topicEnd => assignTopic(item, readTopic(reader, topicEnd)) },
        {
          3: () => {
            item.backoff = Number(reader.uint64())
          },
        },
      )
      append(control.prune, item)
    },
    5: ids(control.idontwant),
  })
}

function assignTopic(item: { topicID?: string }, topic: string | undefined): void {
  if (topic !== undefined) item.topicID = topic
}

function readBytes(reader: protobuf.Reader, end: number): Uint8Array {
  return reader.buf.subarray(reader.pos, end)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readTopic(reader: protobuf.Reader, end: number): string | undefined {
  try {
    return UTF8.decode(readBytes(reader, end))
  } catch {
    return undefined
  }
}
