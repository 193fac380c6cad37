import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ConnectionProtector } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ConfigError } from './failure.ts'
import { shapeOf } from './transports/address.ts'

/**
 * Private networks: only peers that know one secret understand each other at all. The key's file is that of go-libp2p and
 * of IPFS, `swarm.key`: a line that says what it is, a line that says how the key is encoded, the key.
 */

const HEADER = '/key/swarm/psk/1.0.0/'
const KEY_LENGTH = 32

/** The shortest text that can stand for a key, by the line before it; what follows it is left alone, as in go. */
const DECODE: Readonly<Record<string, (rest: Buffer) => Uint8Array>> = {
  '/base16/': rest => Buffer.from(rest.toString('latin1', 0, 2 * KEY_LENGTH), 'hex'),
  '/base64/': rest => Buffer.from(/^[A-Za-z0-9+/=\r\n]*/.exec(rest.toString('latin1'))?.[0] ?? '', 'base64'),
  '/bin/': rest => rest,
}

/** Makes connections unreadable for whoever does not know the key. */
export type ProtectorFactory = () => ConnectionProtector

/**
 * Reads a private network's key.
 *
 * @throws ConfigError when there is no such file, or no key in it
 */
export async function loadPrivateNetwork(path: string): Promise<ProtectorFactory> {
  const bytes = await readFile(path).catch(error => {
    throw ConfigError.fromSystem(error, path)
  })
  const psk = Buffer.from(encodeKey(decodeKey(bytes, path)))
  const { preSharedKey } = await import('@libp2p/pnet')
  return preSharedKey({ psk })
}

/** The file of a new key. */
export function generatePrivateNetworkKey(): string {
  return `${encodeKey(randomBytes(KEY_LENGTH))}\n`
}

/**
 * Only connections that carry plain bytes can be made private.
 *
 * @throws ConfigError when the daemon is to listen on others, as go-libp2p says it
 */
export function checkPrivateAddresses(addresses: readonly Multiaddr[]): void {
  for (const address of addresses) {
    const name = UNPROTECTED.find(([pattern]) => pattern.test(shapeOf(address)))?.[1]
    if (name === undefined) continue
    throw new ConfigError(`cannot listen on ${address}: ${name} doesn't support private networks yet`)
  }
}

const UNPROTECTED: readonly (readonly [RegExp, string])[] = [
  [/webtransport/, 'WebTransport'],
  [/webrtc/, 'WebRTC'],
  [/quic/, 'QUIC'],
]

function decodeKey(bytes: Buffer, path: string): Uint8Array {
  const fault = (reason: string): ConfigError => new ConfigError(`invalid private network key ${path}: ${reason}`)
  const [header, encoding, rest] = splitLines(bytes)
  if (header !== HEADER) throw fault(`expected file header ${HEADER}, got: ${header.slice(0, HEADER.length)}`)
  const decode = DECODE[encoding]
  if (decode === undefined) throw fault(`unknown encoding: ${encoding}`)
  const key = decode(rest).subarray(0, KEY_LENGTH)
  if (key.byteLength < KEY_LENGTH) throw fault(`expected ${KEY_LENGTH} bytes, got ${key.byteLength}`)
  return key
}

/** The first two lines, and everything behind them. */
function splitLines(bytes: Buffer): [first: string, second: string, rest: Buffer] {
  const line = (from: number): { text: string; next: number } => {
    const end = bytes.indexOf('\n', from)
    const to = end === -1 ? bytes.length : end
    return { text: bytes.toString('latin1', from, to).replace(/\r+$/, ''), next: Math.min(to + 1, bytes.length) }
  }
  const first = line(0)
  const second = line(first.next)
  return [first.text, second.text, bytes.subarray(second.next)]
}

function encodeKey(key: Uint8Array): string {
  return `${HEADER}\n/base16/\n${Buffer.from(key).toString('hex')}`
}
