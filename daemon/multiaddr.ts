import { peerIdFromString } from '@libp2p/peer-id'
import {
  CODE_P2P,
  CODE_UNIX,
  type Multiaddr,
  multiaddr,
  type ProtocolCodec,
  registry,
  V,
} from '@multiformats/multiaddr'

/**
 * Multiaddrs read with go-multiaddr's grammar and error texts, which js-libp2p's parser differs in: `/unix` takes the
 * rest of the address as its path, repeated slashes are faults, values are checked when they are read.
 */

/** Text or bytes that are not a multiaddr, or not one of the kind wanted; the message is go's where go has one. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/**
 * Reads a multiaddr from its text form.
 *
 * @throws AddressError `failed to parse multiaddr "foo": must begin with /`
 */
export function parseMultiaddr(text: string): Multiaddr {
  const trimmed = text.replace(/\/+$/, '')
  const fault = (reason: string, cause?: unknown): AddressError =>
    new AddressError(`failed to parse multiaddr ${JSON.stringify(trimmed)}: ${reason}`, { cause })
  const [before, ...words] = trimmed.split('/')
  if (before !== '') throw fault('must begin with /')
  if (words.length === 0) throw fault('empty multiaddr')
  const components: Uint8Array[] = []
  while (words.length > 0) {
    const name = words.shift() as string
    const protocol = findProtocol(name)
    if (protocol === undefined) throw fault(`unknown protocol ${name}`)
    if (!hasValue(protocol)) {
      components.push(encodeComponent(protocol))
      continue
    }
    if (words.length === 0) throw fault('unexpected end of multiaddr')
    const word = protocol.code === CODE_UNIX ? `/${words.splice(0).join('/')}` : (words.shift() as string)
    try {
      components.push(encodeComponent(protocol, word))
    } catch (cause) {
      const reason = PORTS.has(protocol.name) ? portFault(word) : `failed to parse ${protocol.name} addr: ${word}`
      throw fault(`invalid value ${JSON.stringify(word)} for protocol ${protocol.name}: ${reason}`, cause)
    }
  }
  return multiaddr(Buffer.concat(components))
}

/**
 * Reads a multiaddr from its binary form.
 *
 * @throws AddressError `empty multiaddr`, `no protocol with code 47`, `invalid value for size 2` …
 */
export function decodeMultiaddr(bytes: Uint8Array): Multiaddr {
  if (bytes.byteLength === 0) throw new AddressError('empty multiaddr')
  for (let rest = bytes; rest.byteLength > 0; ) rest = skipComponent(rest)
  try {
    const address = multiaddr(bytes)
    for (const { code, value } of address.getComponents()) checkValue(code, value)
    return address
  } catch (cause) {
    throw new AddressError(`invalid multiaddr: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

function encodeComponent(protocol: ProtocolCodec, word?: string): Uint8Array {
  const { code, name } = protocol
  if (word === undefined) return multiaddr([{ code, name }]).bytes
  // Go takes a Unix path as it stands; js-libp2p would undo percent-encoding in it.
  const value = code === CODE_UNIX ? word : (protocol.stringToValue?.(word) ?? word)
  checkValue(code, value)
  return multiaddr([{ code, name, value }]).bytes
}

/** The protocols whose value is a port. */
const PORTS: ReadonlySet<string> = new Set(['tcp', 'udp', 'dccp', 'sctp'])

function portFault(word: string): string {
  const fault = /^\d+$/.test(word) ? 'value out of range' : 'invalid syntax'
  return `failed to parse port addr: strconv.ParseUint: parsing ${JSON.stringify(word)}: ${fault}`
}

/** What js-libp2p's codecs let through and go refuses. */
function checkValue(code: number, value: string | undefined): void {
  if (value === '') throw new AddressError('empty value')
  if (code === CODE_P2P) peerIdFromString(value as string)
}

/** Steps over the first component of a binary multiaddr, checking that all of it is there. */
function skipComponent(bytes: Uint8Array): Uint8Array {
  const code = readVarint(bytes)
  const protocol = findProtocol(code.value)
  if (protocol === undefined) throw new AddressError(`no protocol with code ${code.value}`)
  const tail = bytes.subarray(code.length)
  if (!hasValue(protocol)) return tail
  const size = protocol.size === V ? readVarint(tail) : { value: protocol.size / 8, length: 0 }
  // js-libp2p would take the zero for the next component.
  if (size.value === 0) throw new AddressError(`empty ${protocol.name} addr`)
  const value = tail.subarray(size.length)
  if (value.byteLength < size.value) throw new AddressError(`invalid value for size ${value.byteLength}`)
  if (protocol.code === CODE_UNIX && value.byteLength > size.value) {
    throw new AddressError(`invalid size of component for path protocol ${size.value}: expected ${value.byteLength}`)
  }
  return value.subarray(size.value)
}

function findProtocol(key: string | number): ProtocolCodec | undefined {
  try {
    return registry.getProtocol(key)
  } catch {
    return undefined
  }
}

function hasValue(protocol: ProtocolCodec): protocol is ProtocolCodec & { size: number } {
  return protocol.size !== undefined && protocol.size !== 0
}

const MAX_VARINT_LENGTH = 9
const MAX_CODE = 2 ** 31 - 1

/** Reads an unsigned LEB128 varint with go-multiaddr's limits: minimally encoded, at most 31 bits. */
function readVarint(bytes: Uint8Array): { value: number; length: number } {
  const last = bytes.findIndex(byte => byte < 0x80)
  if (last === -1 && bytes.byteLength < MAX_VARINT_LENGTH) {
    throw new AddressError('varints malformed, could not reach the end')
  }
  const encoded = bytes.subarray(0, last + 1)
  const value = encoded.reduceRight((high, byte) => high * 0x80 + (byte & 0x7f), 0)
  if (last === -1 || last >= MAX_VARINT_LENGTH || value > MAX_CODE) {
    throw new AddressError('varints larger than uint63 not supported')
  }
  if (last > 0 && encoded[last] === 0) throw new AddressError('varint not minimally encoded')
  return { value, length: last + 1 }
}
