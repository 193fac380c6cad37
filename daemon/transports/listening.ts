import { lookup } from 'node:dns/promises'
import type { Listener, Transport } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { errnoText } from '../errno.ts'
import { ConfigError } from '../failure.ts'
import { formatHostAndPort, hostAndPort, shapeOf } from './address.ts'

/** Where a daemon is to listen for peers, and what came of it, in go's words. */
export class Listening {
  readonly #failures = new Map<string, unknown>()
  readonly #transports: Transport[] = []
  readonly #addresses: readonly Multiaddr[]

  constructor(addresses: readonly Multiaddr[]) {
    this.#addresses = addresses
  }

  /** Has the transport remember why it could not listen: libp2p only says that something failed. */
  watch<Components>(create: (components: Components) => Transport): (components: Components) => Transport {
    return components => {
      const transport = create(components)
      this.#transports.push(transport)
      const createListener = transport.createListener.bind(transport)
      transport.createListener = options => this.#watchListener(createListener(options))
      return transport
    }
  }

  /**
   * Says which addresses are not listened on, and why. One that works is enough, as in go.
   *
   * @throws ConfigError `failed to listen on any addresses: [no transport for protocol]`
   */
  check(): readonly string[] {
    const failures: string[] = []
    for (const address of this.#addresses) {
      const error = this.#failures.get(address.toString())
      if (!this.#transports.some(transport => transport.listenFilter([address]).length > 0))
        failures.push('no transport for protocol')
      else if (error !== undefined) failures.push(describe(error, address))
    }
    if (failures.length > 0 && failures.length === this.#addresses.length) {
      throw new ConfigError(`failed to listen on any addresses: [${failures.join(' ')}]`)
    }
    return failures
  }

  #watchListener(listener: Listener): Listener {
    const listen = listener.listen.bind(listener)
    listener.listen = async address => {
      try {
        await listen(address)
      } catch (error) {
        this.#failures.set(address.toString(), error)
        throw error
      }
    }
    return listener
  }
}

/**
 * Puts the IP address that a host name has now in its place, as go does for TCP and QUIC; what has none stays as it is. An
 * address that is there twice counts once, unless each is to have a port of its own.
 */
export async function resolveListenAddresses(addresses: readonly Multiaddr[]): Promise<Multiaddr[]> {
  const resolved = await Promise.all(
    addresses.map(async address => {
      if (!/^dns[46]?\/(tcp|udp\/quic-v1)$/.test(shapeOf(address))) return address
      const { host, family } = hostAndPort(address)
      const found = await lookup(host, { family: family === 'dns' ? 0 : family }).catch(() => undefined)
      if (found === undefined) return address
      const [, ...rest] = address.getComponents()
      return multiaddr(`/ip${found.family}/${found.address}`).encapsulate(multiaddr(rest))
    }),
  )
  const seen = new Set<string>()
  return resolved.filter(address => {
    const text = address.toString()
    const again = seen.has(text) && hostAndPort(address).port !== 0
    seen.add(text)
    return !again
  })
}

/**
 * go listens on WebTransport; this daemon cannot, and whoever asks for it should know at once.
 *
 * @throws ConfigError naming the address
 */
export function checkListenable(addresses: readonly Multiaddr[]): void {
  const address = addresses.find(candidate => shapeOf(candidate).includes('webtransport'))
  if (address === undefined) return
  throw new ConfigError(`cannot listen on ${address}: WebTransport is not supported; QUIC is, at /udp/<port>/quic-v1`)
}

function describe(error: unknown, address: Multiaddr): string {
  const { syscall, message } = error as NodeJS.ErrnoException
  if (syscall === 'getaddrinfo') return `lookup ${hostAndPort(address).host}: no such host`
  if (syscall !== 'listen' && syscall !== 'bind') return message
  const place = hostAndPort(address)
  const protocol = shapeOf(address).includes('udp') ? 'udp' : 'tcp'
  return `listen ${protocol}${place.family === 6 ? 6 : 4} ${formatHostAndPort(place)}: bind: ${errnoText(error)}`
}
