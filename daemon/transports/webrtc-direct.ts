import {
  type ComponentLogger,
  type Connection,
  type CreateListenerOptions,
  type DialTransportOptions,
  type Listener,
  serviceCapabilities,
  start,
  stop,
  type Transport,
  transportSymbol,
} from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { loadOnce } from '../load-once.ts'
import { shapeOf } from './address.ts'
import { LazyListener } from './lazy-listener.ts'

/** Not among this package's dependencies: it brings hundreds of megabytes with it. */
const PACKAGE = '@libp2p/webrtc'

/** The part of it that is used. */
interface WebRtcPackage {
  webRTCDirect(): (components: unknown) => Transport
}

/** The transport of `/udp/…/webrtc-direct`, by a package that is loaded when such an address is used, and may be missing. */
export function webRtcDirect(): (components: { readonly logger: ComponentLogger }) => Transport {
  return components => new WebRtcDirectTransport(components)
}

class WebRtcDirectTransport implements Transport {
  readonly [Symbol.toStringTag] = 'webrtc-direct'
  readonly [transportSymbol] = true
  readonly [serviceCapabilities] = ['@libp2p/transport']
  readonly #load: () => Promise<Transport>
  #loaded: Transport | undefined

  constructor(components: unknown) {
    this.#load = loadOnce(async () => {
      this.#loaded = await load(components)
      return this.#loaded
    })
  }

  listenFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(address => /^ip[46]\/udp\/webrtc-direct$/.test(shapeOf(address)))
  }

  dialFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(address => /^ip[46]\/udp\/webrtc-direct(\/certhash)+$/.test(shapeOf(address)))
  }

  createListener(options: CreateListenerOptions): Listener {
    return new LazyListener(async () => (await this.#load()).createListener(options))
  }

  async dial(address: Multiaddr, options: DialTransportOptions): Promise<Connection> {
    return (await this.#load()).dial(address, options)
  }

  async start(): Promise<void> {
    // nothing is loaded before it is needed
  }

  async stop(): Promise<void> {
    await stop(this.#loaded)
  }
}

async function load(components: unknown): Promise<Transport> {
  // not a literal, so that neither the type checker nor the bundler looks for it
  const name: string = PACKAGE
  let library: WebRtcPackage
  try {
    library = await import(name)
  } catch (cause) {
    const message = `WebRTC needs the package ${PACKAGE} beside p2pd, which cannot be loaded: npm install ${PACKAGE}`
    throw Object.assign(new Error(message, { cause }), { name: 'MissingPackageError' })
  }
  const transport = library.webRTCDirect()(components)
  await start(transport)
  return transport
}
