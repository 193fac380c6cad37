import { type Check, defineScenario } from '../harness/scenario.ts'
import { QUIC_STACK, WS_STACK } from '../harness/stack.ts'
import { connect } from './connect.ts'
import { streams } from './streams.ts'

/** The checks of connections and streams that a transport could fail although another one passes them. */
export const transports = defineScenario({
  name: 'transports',
  title: 'WebSocket and QUIC keep what TCP keeps',
  roles: ['dialer', 'listener'],
  stacks: [WS_STACK, QUIC_STACK],
  checks: {
    ...pick(connect.checks, ['wrong-peer-id', 'wrong-rsa-peer-id']),
    ...pick(streams.checks, ['half-close', 'early-data', 'upload', 'burst', 'backpressure', 'remote-reset']),
  },
})

function pick<Checks extends Readonly<Record<string, Check<'dialer' | 'listener'>>>>(
  checks: Checks,
  names: readonly (keyof Checks & string)[],
): Record<string, Check<'dialer' | 'listener'>> {
  return Object.fromEntries(names.map(name => [name, checks[name] as Check<'dialer' | 'listener'>]))
}
