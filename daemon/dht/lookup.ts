import { setMaxListeners } from 'node:events'
import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { RequestError } from '../control/request-error.ts'
import { compareDistance, type KadId, kadId } from './keyspace.ts'
import { BUCKET_SIZE, type RoutingTable } from './routing-table.ts'

/** Peers asked at the same time, as in go. */
const CONCURRENCY = 10

/** A peer and where it can be reached. */
export interface Contact {
  readonly peer: PeerId
  readonly addrs: readonly Multiaddr[]
}

/** What a lookup does to the peers on its way. */
export interface LookupSteps {
  readonly table: RoutingTable
  /**
   * Asks a peer, connecting to it first, and returns the closer peers that it knows.
   *
   * @throws when the peer cannot be reached, or gives no sensible answer
   */
  ask(contact: Contact, signal: AbortSignal): Promise<readonly Contact[]>
  /** Whether what is looked for has been found. */
  stop?(): boolean
}

/** - heard of, being asked, has answered, or cannot be reached */
type State = 'heard' | 'waiting' | 'queried' | 'unreachable'

interface Candidate {
  readonly peer: PeerId
  readonly id: KadId
  readonly addrs: Map<string, Multiaddr>
  state: State
  asking: Promise<void> | undefined
}

/**
 * Walks towards the peers closest to a key: asks the closest ones heard of, ten at a time, until the twenty closest have
 * answered. A network of no more than these is asked to the last peer.
 *
 * @returns the closest peers that are not unreachable, closest first; what there was, when the signal aborts
 * @throws RequestError `failed to find any peer in table`
 */
export async function lookup(key: Uint8Array, steps: LookupSteps, signal: AbortSignal): Promise<Contact[]> {
  const seeds = steps.table.nearest(kadId(key))
  if (seeds.length === 0) throw new RequestError('ERR_NOT_FOUND', 'failed to find any peer in table')
  const walk = new Walk(kadId(key), steps, signal)
  for (const { peer, id } of seeds) walk.hear({ peer, addrs: [] }, id)
  await walk.run()
  return walk.closest(BUCKET_SIZE).map(({ peer, addrs }) => ({ peer, addrs: [...addrs.values()] }))
}

class Walk {
  readonly #target: KadId
  readonly #steps: LookupSteps
  readonly #candidates = new Map<string, Candidate>()
  /** Ends the questions that are still open when the walk is over. */
  readonly #over = new AbortController()
  readonly #signal: AbortSignal

  constructor(target: KadId, steps: LookupSteps, signal: AbortSignal) {
    this.#target = target
    this.#steps = steps
    this.#signal = AbortSignal.any([signal, this.#over.signal])
    // all questions of a lookup listen to it
    setMaxListeners(0, this.#signal)
  }

  /** Takes note of a peer, or of more addresses of one. */
  hear({ peer, addrs }: Contact, id = kadId(peer.toMultihash().bytes)): void {
    if (Buffer.compare(id, this.#steps.table.self) === 0) return
    const key = peer.toString()
    const known: Candidate = this.#candidates.get(key) ?? {
      peer,
      id,
      addrs: new Map(),
      state: 'heard',
      asking: undefined,
    }
    for (const address of addrs) known.addrs.set(address.toString(), address)
    this.#candidates.set(key, known)
  }

  /** The closest candidates that have not turned out to be unreachable. */
  closest(count: number): Candidate[] {
    return [...this.#candidates.values()]
      .filter(({ state }) => state !== 'unreachable')
      .sort((a, b) => compareDistance(this.#target, a.id, b.id))
      .slice(0, count)
  }

  async run(): Promise<void> {
    const aborted = new Promise<void>(resolve => {
      this.#signal.addEventListener('abort', () => resolve(), { once: true })
      if (this.#signal.aborted) resolve()
    })
    try {
      while (!this.#isOver()) {
        for (const candidate of this.#nextToAsk()) this.#ask(candidate)
        await Promise.race([aborted, ...this.#inState('waiting').map(({ asking }) => asking)])
      }
    } finally {
      this.#over.abort()
    }
  }

  #isOver(): boolean {
    if (this.#signal.aborted || this.#steps.stop?.() === true) return true
    return this.closest(BUCKET_SIZE).every(({ state }) => state === 'queried')
  }

  #inState(wanted: State): Candidate[] {
    return [...this.#candidates.values()].filter(({ state }) => state === wanted)
  }

  #nextToAsk(): Candidate[] {
    return this.closest(BUCKET_SIZE)
      .filter(({ state }) => state === 'heard')
      .slice(0, Math.max(0, CONCURRENCY - this.#inState('waiting').length))
  }

  #ask(candidate: Candidate): void {
    candidate.state = 'waiting'
    const { peer, addrs } = candidate
    candidate.asking = this.#steps.ask({ peer, addrs: [...addrs.values()] }, this.#signal).then(
      closer => {
        candidate.state = 'queried'
        this.#steps.table.add(peer)
        for (const contact of closer) this.hear(contact)
      },
      () => {
        // who was not let finish is not to blame
        if (this.#signal.aborted) return
        candidate.state = 'unreachable'
        this.#steps.table.remove(peer)
      },
    )
  }
}
