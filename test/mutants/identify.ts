import type { Mutant } from './mutant.ts'

const file = 'daemon/requests/identify.ts'

export const identify: readonly Mutant[] = [
  {
    name: 'identify-nowhere',
    fault: 'IDENTIFY leaves the addresses out',
    file,
    find: 'addrs: ownAddresses.bytes',
    replace: 'addrs: ownAddresses.bytes.slice(1)',
    killedBy: ['identify/as-printed'],
  },
  {
    name: 'identify-with-peer-id',
    fault: 'addresses keep the peer id at their end',
    file: 'daemon/own-addresses.ts',
    find: 'withoutPeer(address).bytes',
    replace: 'address.bytes',
    killedBy: ['identify/plain-addresses'],
  },
  {
    name: 'one-client-at-a-time',
    fault: 'a second client waits until the first one has gone',
    file: 'daemon/control/server.ts',
    find: 'sockets.add(socket)',
    replace: 'sockets.add(socket); if (sockets.size > 2) return',
    killedBy: ['identify/many-clients'],
    passes: 'identify/plain-addresses',
  },
  {
    name: 'forget-pipelined',
    fault: 'requests that come in one piece with another are forgotten',
    file: 'proto/codec.ts',
    find: 'this.#reset(bytes.subarray(end))',
    replace: 'this.#reset(new Uint8Array(0))',
    killedBy: ['identify/pipelined'],
  },
]
