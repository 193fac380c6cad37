import {
  ConnManagerRequest,
  DHTRequest,
  DHTResponse,
  Event,
  PeerstoreRequest,
  PSRequest,
  Request,
  Response,
} from '../../proto/codec.ts'
import { formatMultiaddr } from './address.ts'
import type { FrameEvent } from './observer.ts'
import { toPeerId } from './peer-info.ts'

/** Fields that hold peer ids and multiaddrs, whatever message they are in. */
const PEER_FIELDS = new Set(['peer', 'id', 'ids', 'from', 'peerIDs', 'relay'])
const ADDRESS_FIELDS = new Set(['addr', 'addrs', 'observedAddr'])

/** Enough to recognise a value, and short enough to read a transcript. */
const HEX_BYTES_SHOWN = 32

type Enum = Record<string | number, string | number>

/** The names of the `type` values, by the message's name or the path of the field that it is in. */
const TYPE_NAMES: Readonly<Record<string, Enum>> = {
  Request: Request.Type,
  'Request.dht': DHTRequest.Type,
  'Request.connManager': ConnManagerRequest.Type,
  'Request.pubsub': PSRequest.Type,
  'Request.peerStore': PeerstoreRequest.Type,
  Response: Response.Type,
  'Response.dht': DHTResponse.Type,
  DHTResponse: DHTResponse.Type,
  Event: Event.Type,
}

/**
 * Renders a message for people: types by name, peer ids in base58, addresses as text, and any other bytes as their
 * length and the first of them in hex. Unset fields are left out. What is not what it should be is shown as bytes.
 *
 * @returns plain data, ready for JSON
 */
export function describeMessage(type: FrameEvent['type'], message: object): Record<string, unknown> {
  return describeFields(message, type)
}

function describeFields(message: object, path: string): Record<string, unknown> {
  const fields = Object.entries(message).filter(([, value]) => value != null && !isEmptyList(value))
  return Object.fromEntries(fields.map(([name, value]) => [name, describeField(value, name, path)]))
}

/** A repeated field that is unset; the wire knows no other empty list. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function describeField(value: unknown, name: string, path: string): unknown {
  if (value instanceof Uint8Array) return describeBytes(value, name)
  if (Array.isArray(value)) return value.map(item => describeField(item, name, path))
  if (typeof value === 'object' && value !== null) return describeFields(value, `${path}.${name}`)
  if (name === 'type') return TYPE_NAMES[path]?.[value as number] ?? value
  return value
}

function describeBytes(bytes: Uint8Array, name: string): string {
  try {
    if (PEER_FIELDS.has(name)) return toPeerId(bytes).toString()
    if (ADDRESS_FIELDS.has(name)) return formatMultiaddr(bytes)
  } catch {
    // Not what the field is for: evidence of exactly that, so show what is there.
  }
  const shown = Buffer.from(bytes.subarray(0, HEX_BYTES_SHOWN)).toString('hex')
  return `${bytes.byteLength} bytes ${shown}${bytes.byteLength > HEX_BYTES_SHOWN ? '…' : ''}`.trimEnd()
}
