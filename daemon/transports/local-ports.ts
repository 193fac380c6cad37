import { randomInt } from 'node:crypto'
import type {
  Connection,
  DialTransportOptions,
  Libp2pEvents,
  MultiaddrConnection,
  Transport,
  TypedEventTarget,
  Upgrader,
  UpgraderOptions,
} from '@libp2p/interface'
import { isLoopback } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'

/** What may be asked of a dial so that two peers behind routers meet; transports other than TCP take no notice. */
export interface MeetingOptions {
  /** The local port that it goes out from. */
  readonly localPort?: number
  /** Both sides dial: this one then behaves as if it had been dialled. */
  readonly asServer?: boolean
}

type DialOptions = DialTransportOptions & MeetingOptions

/** IANA's range of ports that nobody is assigned. */
const FIRST_PORT = 49_152
const LAST_PORT = 65_535

/** Others may have taken a port that was drawn. */
const TRIES = 3

type Dial = (address: Multiaddr, options: DialOptions) => Promise<Connection>

/**
 * Knows from which local port each TCP connection was dialled. What a router has let out from a port it lets back in to
 * that port, so the next dial from there can meet a peer that dials at the same moment. A port that the system chooses for
 * a socket cannot be used by a second one; a port that is asked for can.
 */
export class LocalPorts {
  readonly #ports = new WeakMap<Connection, number>()

  /** The local port that a connection was dialled from; undefined for one that was not dialled, or in another way. */
  of(connection: Connection): number | undefined {
    return this.#ports.get(connection)
  }

  /** Has every dial of a TCP transport, which need only heed `localAddress` and `localPort`, go out from a known port. */
  watching<Components>(
    create: (components: Components) => Transport,
  ): (components: Components & { readonly events: TypedEventTarget<Libp2pEvents> }) => Transport {
    return components => {
      const transport = create(components)
      transport.dial = this.watch(transport.dial.bind(transport), components.events)
      return transport
    }
  }

  /** As {@link LocalPorts.watching}, of a dial alone. */
  watch(dial: Dial, events: TypedEventTarget<Libp2pEvents>): Dial {
    return async (address, options) => {
      const localAddress = anyAddress(address)
      if (localAddress === undefined) return dial(address, options)
      const { localPort, asServer } = options
      const upgrader = asServer === true ? inboundUpgrader(options.upgrader, events) : options.upgrader
      if (localPort !== undefined) return dial(address, bound(options, { localAddress, localPort, upgrader }))
      for (let left = TRIES; left > 0; left--) {
        const drawn = randomInt(FIRST_PORT, LAST_PORT + 1)
        try {
          const connection = await dial(address, bound(options, { localAddress, localPort: drawn, upgrader }))
          this.#ports.set(connection, drawn)
          return connection
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException
          if (code !== 'EADDRINUSE' && code !== 'EADDRNOTAVAIL') throw error
        }
      }
      return dial(address, options)
    }
  }
}

function bound(
  options: DialOptions,
  more: { localAddress: string; localPort: number; upgrader: Upgrader },
): DialOptions {
  return { ...options, ...more }
}

/** Where a socket is bound to leave the choice of its address to the system; undefined where there is no router to pass. */
function anyAddress(address: Multiaddr): string | undefined {
  const family = address.getComponents()[0]?.name
  if ((family !== 'ip4' && family !== 'ip6') || isLoopback(address)) return undefined
  return family === 'ip4' ? '0.0.0.0' : '::'
}

/** Makes an inbound connection of a socket that was dialled. */
function inboundUpgrader(upgrader: Upgrader, events: TypedEventTarget<Libp2pEvents>): Upgrader {
  const upgradeOutbound = async (socket: MultiaddrConnection, options: UpgraderOptions): Promise<Connection> => {
    let made: Connection | undefined
    // the muxer looks here for which side it is on
    socket.direction = 'inbound'
    const onOpen = ({ detail }: CustomEvent<Connection>): void => {
      if (detail.remoteAddr === socket.remoteAddr) made = detail
    }
    events.addEventListener('connection:open', onOpen)
    try {
      await upgrader.upgradeInbound(socket, options)
    } finally {
      events.removeEventListener('connection:open', onOpen)
    }
    if (made === undefined) throw new Error('the connection was closed as soon as it was made')
    return made
  }
  return Object.assign(Object.create(upgrader), { upgradeOutbound })
}
