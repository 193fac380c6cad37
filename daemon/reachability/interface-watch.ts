import type { Libp2pEvents, Listener, TypedEventTarget } from '@libp2p/interface'
import type { TransportManager } from '@libp2p/interface-internal'

/** How often, in ms, addresses are compared with what they were: as often as go does. */
const INTERVAL = 5_000

export interface InterfaceWatchComponents {
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly transportManager: Pick<TransportManager, 'getListeners'>
}

/**
 * Notices that a listener, of all of the machine's addresses, has got others, because the machine has. js-libp2p looks at
 * them only when somebody asks: this has it look as if the listener had just begun, and peers are then told.
 */
export class InterfaceWatch {
  readonly #components: InterfaceWatchComponents
  readonly #known = new WeakMap<Listener, string>()
  #timer: NodeJS.Timeout | undefined

  constructor(components: InterfaceWatchComponents) {
    this.#components = components
    components.events.addEventListener('transport:listening', this.#onListening)
  }

  start(interval = INTERVAL): void {
    this.#timer = setInterval(() => this.#compare(), interval).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#components.events.removeEventListener('transport:listening', this.#onListening)
  }

  readonly #onListening = ({ detail }: CustomEvent<Listener>): void => {
    this.#known.set(detail, addressesOf(detail))
  }

  #compare(): void {
    const { events, transportManager } = this.#components
    for (const listener of transportManager.getListeners()) {
      const before = this.#known.get(listener)
      if (before !== undefined && before !== addressesOf(listener)) {
        events.safeDispatchEvent('transport:listening', { detail: listener })
      }
    }
  }
}

function addressesOf(listener: Listener): string {
  return listener.getAddrs().map(String).sort().join()
}
