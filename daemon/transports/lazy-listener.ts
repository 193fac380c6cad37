import { type Listener, type ListenerEvents, TypedEventEmitter } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'

/** A listener that is made, and its code loaded, only when it is told where to listen. */
export class LazyListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #create: (address: Multiaddr) => Promise<Listener>
  #listener: Listener | undefined

  constructor(create: (address: Multiaddr) => Promise<Listener>) {
    super()
    this.#create = create
  }

  async listen(address: Multiaddr): Promise<void> {
    const listener = await this.#create(address)
    for (const type of ['listening', 'error', 'close'] as const) {
      listener.addEventListener(type, ({ detail }) => this.safeDispatchEvent(type, { detail }))
    }
    this.#listener = listener
    await listener.listen(address)
  }

  getAddrs(): Multiaddr[] {
    return this.#listener?.getAddrs() ?? []
  }

  updateAnnounceAddrs(addresses: Multiaddr[]): void {
    this.#listener?.updateAnnounceAddrs(addresses)
  }

  async close(): Promise<void> {
    await this.#listener?.close()
  }
}
