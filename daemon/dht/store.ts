import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { steadyNow } from '../steady-clock.ts'
import type { Contact } from './lookup.ts'

/** Milliseconds that values and providers are believed after they were last heard of; 48 hours, as in go. */
const VALIDITY = 48 * 60 * 60_000

/** Bytes of values, and announcements of providers, that are kept: other peers fill these stores. */
const MAX_VALUE_BYTES = 64 * 1024 * 1024
const MAX_ANNOUNCEMENTS = 100_000

/** A stored value. */
export interface StoredValue {
  readonly value: Uint8Array
  /** When it was received, in ms since 1970. */
  readonly received: number
}

/** The values that other peers, and this daemon's own clients, have put here. The oldest make room for new ones. */
export class ValueStore {
  readonly #values = new Map<string, StoredValue>()
  readonly #limit: number
  #bytes = 0

  constructor(limit = MAX_VALUE_BYTES) {
    this.#limit = limit
  }

  get size(): number {
    return this.#values.size
  }

  get(key: Uint8Array, now = steadyNow()): StoredValue | undefined {
    const stored = this.#values.get(hex(key))
    if (stored !== undefined && stored.received + VALIDITY < now) {
      this.#delete(hex(key))
      return undefined
    }
    return stored
  }

  put(key: Uint8Array, value: Uint8Array, received = steadyNow()): void {
    this.#delete(hex(key))
    // a copy: the bytes are a part of what was read from a socket, all of which they would keep alive
    this.#values.set(hex(key), { value: Uint8Array.from(value), received })
    this.#bytes += value.byteLength
    for (const oldest of this.#values.keys()) {
      if (this.#bytes <= this.#limit) break
      this.#delete(oldest)
    }
  }

  #delete(key: string): void {
    this.#bytes -= this.#values.get(key)?.value.byteLength ?? 0
    this.#values.delete(key)
  }
}

interface Announcement {
  readonly peer: PeerId
  readonly addrs: readonly Multiaddr[]
  readonly received: number
}

/** Who has what, as far as they have told this daemon. The oldest announcements make room for new ones. */
export class ProviderStore {
  /** By the multihash and the peer, oldest first. */
  readonly #announcements = new Map<string, Announcement>()
  /** The keys of the announcements of a multihash. */
  readonly #byMultihash = new Map<string, Set<string>>()
  readonly #limit: number

  constructor(limit = MAX_ANNOUNCEMENTS) {
    this.#limit = limit
  }

  get size(): number {
    return this.#announcements.size
  }

  get(multihash: Uint8Array, now = steadyNow()): Contact[] {
    const contacts: Contact[] = []
    for (const key of this.#byMultihash.get(hex(multihash)) ?? []) {
      const { peer, addrs, received } = this.#announcements.get(key) as Announcement
      if (received + VALIDITY < now) this.#delete(key)
      else contacts.push({ peer, addrs })
    }
    return contacts
  }

  add(multihash: Uint8Array, { peer, addrs }: Contact, received = steadyNow()): void {
    const key = `${hex(multihash)}/${peer}`
    this.#delete(key)
    this.#announcements.set(key, { peer, addrs, received })
    const keys = this.#byMultihash.get(hex(multihash)) ?? new Set()
    this.#byMultihash.set(hex(multihash), keys.add(key))
    for (const oldest of this.#announcements.keys()) {
      if (this.#announcements.size <= this.#limit) break
      this.#delete(oldest)
    }
  }

  #delete(key: string): void {
    this.#announcements.delete(key)
    const [multihash = ''] = key.split('/')
    const keys = this.#byMultihash.get(multihash)
    keys?.delete(key)
    if (keys?.size === 0) this.#byMultihash.delete(multihash)
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
