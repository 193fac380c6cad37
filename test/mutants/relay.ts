import type { Mutant } from './mutant.ts'

const service = 'daemon/relay/service.ts'
const transport = 'daemon/relay/transport.ts'
const hold = 'daemon/relay/hold.ts'
const circuit = 'daemon/relay/circuit.ts'

export const relay: readonly Mutant[] = [
  {
    name: 'announce-no-relay-address',
    fault: 'the address at the relay is not announced',
    file: 'daemon/relay/listener.ts',
    find: 'return [...(this.#wanted?.addresses() ?? [])]',
    replace: 'return []',
    killedBy: ['relay/reserves-address', 'network-nat/through-relay'],
    passes: 'relay/client-reserves',
  },
  {
    name: 'relay-anybody',
    fault: 'the relay fails calls to peers without a reservation as if they did not answer',
    file: service,
    find: 'return { status: CircuitStatus.NO_RESERVATION }',
    replace: 'return { status: CircuitStatus.CONNECTION_FAILED }',
    killedBy: ['relay/no-reservation'],
    passes: 'relay/client-reserves',
  },
  {
    name: 'limit-in-milliseconds',
    fault: 'a reservation names its time limit in milliseconds, as js-libp2p’s relay does',
    file: service,
    find: 'duration: Math.ceil(time / 1_000)',
    replace: 'duration: time',
    killedBy: ['relay/reservation-answer'],
    passes: 'relay/client-reserves',
  },
  {
    name: 'relay-without-limits',
    fault: 'the relay passes on any number of bytes',
    file: circuit,
    find: 'if (limit > 0 && carried > limit)',
    replace: 'if (limit > 2 ** 40 && carried > limit)',
    killedBy: ['relay/data-limit'],
    passes: 'relay/client-reserves',
  },
  {
    name: 'refuse-calls',
    fault: 'a daemon does not take the calls that a relay passes on',
    file: transport,
    find: 'if (caller === undefined) return await refuse(CircuitStatus.MALFORMED_MESSAGE)',
    replace: 'if (caller !== undefined) return await refuse(CircuitStatus.PERMISSION_DENIED)',
    killedBy: [
      'relay/connects',
      'relay/streams',
      'relay/half-close',
      'relay/client-reserves',
      'relay/disconnect',
      'relay/becomes-direct',
    ],
    passes: 'relay/reserves-address',
  },
  {
    name: 'reserve-once',
    fault: 'a reservation that is lost is not made again',
    file: hold,
    find: "if (this.#policy === 'once' && this.#reservation === undefined) return",
    replace: 'if (this.#reservation === undefined) return',
    killedBy: ['relay/relay-leaves'],
    passes: 'relay/streams',
  },
  {
    name: 'stay-relayed',
    fault: 'a relayed connection is never made a direct one',
    file: 'daemon/relay/hole-punching.ts',
    find: "connection.direction !== 'inbound'",
    replace: "connection.direction !== 'nowhere'",
    killedBy: ['relay/becomes-direct'],
    passes: 'relay/streams',
  },
]
