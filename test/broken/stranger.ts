import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { base58btc } from 'multiformats/bases/base58'

/** What a daemon that is no real one was told at its start, and says of itself. */
export interface Stranger {
  readonly id: Uint8Array
  readonly peerId: string
  /** Multiaddrs, of the transports that it was told to listen on. */
  readonly addresses: readonly string[]
  /** The path of its control socket. */
  readonly path: string
}

/** An Ed25519 key's peer id begins so; what follows is the key. */
const ED25519_ID = Buffer.from('002408011220', 'hex')

const KEY_LENGTH = 32

/** A port that nobody but the privileged can listen on, and no test machine does. */
const PORT = 1

/** Makes a stranger of the flags, in the form in which the harness gives them. */
export function createStranger(flags: readonly string[]): Stranger {
  const flag = (name: string): string => flags[flags.indexOf(name) + 1] ?? ''
  const id = Buffer.concat([ED25519_ID, randomBytes(KEY_LENGTH)])
  const hidden = flags.includes('-noListenAddrs=true')
  const addresses = flag('-hostAddrs').replaceAll(/\/(tcp|udp)\/0/g, `/$1/${PORT}`)
  return {
    id,
    peerId: base58btc.baseEncode(id),
    addresses: hidden ? [] : addresses.split(','),
    path: flag('-listen').slice('/unix'.length),
  }
}

/** Listens for clients, and says so as a p2pd does. */
export function serve({ path, peerId, addresses }: Stranger, onConnection: (socket: Socket) => void): void {
  const server = createServer(socket => {
    // whoever does not like what it is told hangs up
    socket.on('error', () => {})
    onConnection(socket)
  })
  server.listen(path, () => {
    process.stdout.write(`Control socket: /unix${path}\nPeer ID: ${peerId}\nPeer Addrs:\n${addresses.join('\n')}\n`)
  })
}
