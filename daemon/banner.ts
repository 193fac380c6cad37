import type { Daemon } from './daemon.ts'
import { withoutPeer } from './dialer.ts'
import { addressText } from './peer-address.ts'

/** go's start-up lines, byte for byte: programs wait for them, and read where the daemon is and who it is. */
export function banner({ control, host: { node, config } }: Daemon): string {
  const addresses = node.getMultiaddrs().map(address => `${addressText(withoutPeer(address))}\n`)
  const { enabled, peers } = config.bootstrap
  const bootstrap = enabled && peers !== undefined ? ['Bootstrap peers:', ...peers].map(line => `${line}\n`) : []
  return `Control socket: ${control.address}\nPeer ID: ${node.peerId}\nPeer Addrs:\n${[...addresses, ...bootstrap].join('')}`
}
