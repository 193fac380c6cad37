import type { Mutant } from './mutant.ts'

const holePunching = 'daemon/relay/hole-punching.ts'
const localPorts = 'daemon/transports/local-ports.ts'

export const network: readonly Mutant[] = [
  {
    name: 'impatient-abroad',
    fault: 'a public address must have answered within 150 ms',
    file: 'daemon/dialer.ts',
    find: 'const PUBLIC_ADDRESS_TIMEOUT = 15_000',
    replace: 'const PUBLIC_ADDRESS_TIMEOUT = 150',
    killedBy: ['network-links/far'],
  },
  {
    name: 'meet-from-any-port',
    fault: 'two that meet do not dial from the port that their routers have opened',
    file: localPorts,
    find: 'bound(options, { localAddress, localPort, upgrader })',
    replace: '{ ...options, localPort: 0, upgrader }',
    killedBy: ['network-nat/hole-punching'],
    passes: 'network-nat/through-relay',
  },
  {
    name: 'meet-as-two-clients',
    fault: 'of two that meet neither takes the part of the server',
    file: localPorts,
    find: 'asServer === true',
    replace: 'localPort === 0',
    killedBy: ['network-nat/direct-event'],
    passes: 'network-nat/through-relay',
  },
  {
    name: 'hide-failed-meetings',
    fault: 'that a connection stays relayed is told to nobody',
    file: holePunching,
    find: "this.emit('failed', connection, error as Error)",
    replace: '',
    killedBy: ['network-nat/symmetric-nat'],
    passes: 'network-nat/through-relay',
  },
  {
    name: 'miss-nobody',
    fault: 'a peer that does not answer is waited for, for ever',
    file: 'daemon/data-plane/yamux/pinger.ts',
    find: 'if (!this.#alive) this.#events.onDead()',
    replace: '',
    killedBy: ['network-change/vanished-peer', 'network-change/vanished-event'],
  },
  {
    name: 'stay-where-it-began',
    fault: 'the addresses are those that the machine had at the start',
    file: 'daemon/reachability/interface-watch.ts',
    find: 'before !== addressesOf(listener)',
    replace: 'addressesOf(listener) === undefined',
    killedBy: ['network-change/new-address', 'network-change/address-event'],
  },
]
