import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { CODE_P2P, multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { base58btc } from 'multiformats/bases/base58'
import { atOnce } from './at-once.ts'

/**
 * Many peers in one process, each with an identity of its own and one connection to a daemon.
 *
 * Arguments: the daemon's address and its peer id in hexadecimal, and how many. Says 'ready' to its parent.
 */

/** More at once only wait for each other. */
const WIDTH = 8

const [address, id, count] = process.argv.slice(2) as [string, string, string]
const daemon = multiaddr(Buffer.from(address, 'hex')).encapsulate(
  multiaddr([{ code: CODE_P2P, name: 'p2p', value: base58btc.encode(Buffer.from(id, 'hex')).slice(1) }]),
)

await atOnce(Number(count), WIDTH, async () => {
  const peer = await createLibp2p({
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() },
    connectionMonitor: { enabled: false },
    connectionGater: { denyDialMultiaddr: () => false },
  })
  await peer.dial(daemon)
})
process.once('disconnect', () => process.exit())
process.send?.('ready')
