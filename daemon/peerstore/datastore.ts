import { MemoryDatastore } from 'datastore-core/memory'
import { Key } from 'interface-datastore'
import { LimitError } from '../limits/limit-error.ts'
import type { Disk } from './disk.ts'

/** Where js-libp2p's peer store has its records, and this daemon its own. */
const PEERS = '/peers/'
const OWN = '/p2pd/'

/** Bytes that the record of one peer may have; identify itself can make it no longer than 80 KiB. */
export const MAX_RECORD = 128 * 1024

/** The peers of whom something is known, and the bytes of their records: whoever was heard of least lately goes first. */
const MAX_PEERS = 16_384
const MAX_BYTES = 64 * 1024 * 1024

/** Records that are looked at to find one that may go, so that nobody waits for a long search. */
const MAX_SEARCH = 32

export interface PeerDatastoreOptions {
  /** The key of this daemon's own record, which describes this run alone. */
  readonly self: string
  /** Undefined: everything is forgotten at the end. */
  readonly disk: Disk | undefined
  readonly maxPeers?: number
  readonly maxBytes?: number
}

/**
 * The datastore of the libp2p node: in memory, bounded however many peers come by, and written to disk where that is
 * asked for. Only what is known of peers is: records of the DHT belong to the network, and do not outlive the daemon.
 */
export class PeerDatastore extends MemoryDatastore {
  /** Says of the key of a peer's record whether it must stay. */
  protects: (key: string) => boolean = () => false
  readonly #self: string
  readonly #disk: Disk | undefined
  readonly #maxPeers: number
  readonly #maxBytes: number
  /** The records of peers, the least recently written first, and the bytes of all together. */
  readonly #peers = new Map<string, Uint8Array>()
  #bytes = 0
  readonly #own = new Map<string, Uint8Array>()

  constructor({ self, disk, maxPeers = MAX_PEERS, maxBytes = MAX_BYTES }: PeerDatastoreOptions) {
    super()
    this.#self = self
    this.#maxPeers = maxPeers
    this.#maxBytes = maxBytes
    for (const [key, value] of disk?.loaded ?? []) if (this.#lasts(key)) this.put(new Key(key), value)
    this.#disk = disk
    if (disk !== undefined) disk.contents = () => [...this.#peers, ...this.#own]
  }

  /** The keys of the records of all peers but this daemon itself. */
  peerKeys(): string[] {
    return [...this.#peers.keys()]
  }

  /** The daemon's own entries under a name, by what follows it. */
  own(name: string): (readonly [string, Uint8Array])[] {
    const prefix = `${OWN}${name}/`
    return [...this.#own]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value])
  }

  /** Sets an entry of the daemon's own, or with undefined removes it. */
  setOwn(name: string, rest: string, value: Uint8Array | undefined): void {
    const key = new Key(`${OWN}${name}/${rest}`)
    if (value === undefined) this.delete(key)
    else this.put(key, value)
  }

  /** Resolves when all changes so far are on the disk, or cannot be. */
  async flushed(): Promise<void> {
    await this.#disk?.flushed()
  }

  async close(): Promise<void> {
    await this.#disk?.close()
  }

  override put(key: Key, value: Uint8Array, options?: { signal?: AbortSignal }): Key {
    const name = key.toString()
    if (this.#isPeer(name)) this.#account(name, value)
    if (name.startsWith(OWN)) this.#own.set(name, value)
    super.put(key, value, options)
    if (this.#lasts(name)) this.#disk?.put(name, value)
    return key
  }

  override delete(key: Key, options?: { signal?: AbortSignal }): void {
    const name = key.toString()
    this.#bytes -= this.#peers.get(name)?.byteLength ?? 0
    this.#peers.delete(name)
    this.#own.delete(name)
    super.delete(key, options)
    if (this.#lasts(name)) this.#disk?.delete(name)
  }

  #isPeer(name: string): boolean {
    return name.startsWith(PEERS) && name !== this.#self
  }

  /** Whether an entry is of those that are written to disk. */
  #lasts(name: string): boolean {
    return this.#isPeer(name) || name.startsWith(OWN)
  }

  /** Makes room for the record of a peer. */
  #account(name: string, value: Uint8Array): void {
    if (value.byteLength > MAX_RECORD) throw new LimitError(MAX_RECORD, 'bytes in the record of a peer')
    this.#bytes += value.byteLength - (this.#peers.get(name)?.byteLength ?? 0)
    this.#putLast(name, value)
    let searched = 0
    for (const [candidate, record] of this.#peers) {
      const fits = this.#peers.size <= this.#maxPeers && this.#bytes <= this.#maxBytes
      if (fits || candidate === name || searched === MAX_SEARCH) break
      searched += 1
      // one that must stay is not to be met again by the next search
      if (this.protects(candidate)) this.#putLast(candidate, record)
      else this.delete(new Key(candidate))
    }
  }

  #putLast(name: string, value: Uint8Array): void {
    this.#peers.delete(name)
    this.#peers.set(name, value)
  }
}
