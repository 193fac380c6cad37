import { type Check, defineScenario } from '../harness/scenario.ts'
import { DEFAULT_STACK, QUIC_STACK, WS_STACK } from '../harness/stack.ts'
import { connect } from './connect.ts'
import { streams } from './streams.ts'

type Role = 'dialer' | 'listener'
type Checks = Readonly<Record<string, Check<Role>>>

/** The checks of connections and streams that a transport could fail although another one passes them. */
const checks = {
  ...pick(connect.checks, ['wrong-peer-id', 'wrong-rsa-peer-id']),
  ...pick(streams.checks, ['half-close', 'early-data', 'upload', 'burst', 'backpressure', 'remote-reset']),
}

export const websocket = defineScenario({
  name: 'websocket',
  title: 'Connections and streams over WebSocket are what they are over TCP',
  roles: ['dialer', 'listener'],
  stacks: [WS_STACK],
  checks,
})

export const quic = defineScenario({
  name: 'quic',
  title: 'Connections and streams over QUIC are what they are over TCP',
  roles: ['dialer', 'listener'],
  stacks: [QUIC_STACK],
  checks,
})

export const mplex = defineScenario({
  name: 'mplex',
  title: 'Streams over mplex, which has no flow control of its own, are what they are over yamux',
  roles: ['dialer', 'listener'],
  stacks: [{ ...DEFAULT_STACK, muxer: 'mplex' }],
  checks: pick(streams.checks, ['upload', 'download', 'backpressure', 'remote-reset']),
})

function pick(from: Checks, names: readonly string[]): Checks {
  return Object.fromEntries(names.map(name => [name, from[name] as Check<Role>]))
}
