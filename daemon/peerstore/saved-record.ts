import { peerIdFromString } from '@libp2p/peer-id'
import { decodeMultiaddr } from '../multiaddr.ts'
import { fromClock, toClock } from '../steady-clock.ts'
import type { GivenRecord } from './address-book.ts'

/** JSON has no infinity, which is what an address that is kept for ever has. */
interface SavedRecord {
  readonly addresses: readonly { readonly bytes: string; readonly expires: number | null }[]
  readonly until: number | null
}

/** What the disk keeps of a peer that clients want to be kept; its id is the key. */
export function encodeRecord({ addresses, until }: GivenRecord): Uint8Array {
  const saved: SavedRecord = {
    addresses: addresses.map(({ address, expires }) => ({
      bytes: Buffer.from(address.bytes).toString('base64'),
      expires: finite(expires),
    })),
    until: finite(until),
  }
  return Buffer.from(JSON.stringify(saved))
}

/** @throws when the bytes are not such a record, or the peer's id is none */
export function decodeRecord(peer: string, bytes: Uint8Array): GivenRecord {
  const { addresses, until }: SavedRecord = JSON.parse(Buffer.from(bytes).toString())
  return {
    peer: peerIdFromString(peer),
    addresses: addresses.map(({ bytes, expires }) => ({
      address: decodeMultiaddr(Buffer.from(bytes, 'base64')),
      expires: time(expires),
    })),
    until: time(until),
  }
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? toClock(time) : null
}

function time(saved: number | null): number {
  if (saved === null) return Number.POSITIVE_INFINITY
  if (!Number.isFinite(saved)) throw new TypeError(`expected a time, got ${saved}`)
  return fromClock(saved)
}
