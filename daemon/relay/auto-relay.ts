import type { TransportManager } from '@libp2p/interface-internal'
import { multiaddr } from '@multiformats/multiaddr'
import type { Log } from '../log.ts'
import type { Reachability } from '../reachability/reachability.ts'
import type { Verdict } from '../reachability/verdict.ts'
import { CircuitListener } from './listener.ts'

/** Any relay that can be found. */
const ANY_RELAY = multiaddr('/p2p-circuit')

/** Listens at relays while no peer can dial this one, and only then. */
export class AutoRelay {
  readonly #transportManager: TransportManager
  readonly #reachability: Reachability
  readonly #log: Log
  #listener: CircuitListener | undefined

  constructor(transportManager: TransportManager, reachability: Reachability, log: Log) {
    this.#transportManager = transportManager
    this.#reachability = reachability
    this.#log = log
  }

  /** Resolves when the first relay has answered, if this peer is known to need one. */
  async start(): Promise<void> {
    this.#reachability.on('changed', this.#onChange)
    await this.#follow(this.#reachability.verdict)
  }

  stop(): void {
    this.#reachability.off('changed', this.#onChange)
  }

  readonly #onChange = (verdict: Verdict): void => {
    this.#follow(verdict).catch(error => this.#log.error(`cannot listen at relays: ${error.message}`))
  }

  async #follow(verdict: Verdict): Promise<void> {
    if (verdict === 'private' && this.#listener === undefined) {
      const before = new Set(this.#transportManager.getListeners())
      const listening = this.#transportManager.listen([ANY_RELAY])
      this.#listener = this.#transportManager
        .getListeners()
        .find((listener): listener is CircuitListener => listener instanceof CircuitListener && !before.has(listener))
      await listening
    } else if (verdict === 'public') {
      const listener = this.#listener
      this.#listener = undefined
      await listener?.close()
    }
  }
}
