import type { Feature } from './features.ts'
import type { DaemonFlags } from './flags.ts'

/** What two daemons are told to speak with each other; each daemon of a cell is given exactly this. */
export type Stack = SecuredStack | QuicStack

/** A transport that carries bytes, and what makes secured streams of them. */
export interface SecuredStack {
  readonly transport: 'tcp' | 'ws'
  readonly security: 'noise' | 'tls' | 'plaintext'
  readonly muxer: 'yamux' | 'mplex'
  readonly key: 'ed25519' | 'rsa' | 'secp256k1'
}

/** QUIC is transport, security and muxer in one. */
export interface QuicStack {
  readonly transport: 'quic-v1'
  readonly security?: never
  readonly muxer?: never
  readonly key: SecuredStack['key']
}

/** What every implementation speaks unless told otherwise. */
export const DEFAULT_STACK = {
  transport: 'tcp',
  security: 'noise',
  muxer: 'yamux',
  key: 'ed25519',
} as const satisfies Stack

const SECURITIES = ['noise', 'tls', 'plaintext'] as const
const MUXERS = ['yamux', 'mplex'] as const
const KEYS = ['ed25519', 'rsa', 'secp256k1'] as const

export const WS_STACK: Stack = { ...DEFAULT_STACK, transport: 'ws' }
export const QUIC_STACK: Stack = { transport: 'quic-v1', key: 'ed25519' }

/** Every combination that go-libp2p-daemon's flags can ask for over TCP and QUIC, and over WebSocket those that differ. */
export const ALL_STACKS: readonly Stack[] = [
  ...SECURITIES.flatMap(security =>
    MUXERS.flatMap(muxer => KEYS.map(key => ({ transport: 'tcp' as const, security, muxer, key }))),
  ),
  ...(['noise', 'tls'] as const).flatMap(security =>
    MUXERS.map(muxer => ({ ...DEFAULT_STACK, transport: 'ws' as const, security, muxer })),
  ),
  ...KEYS.map(key => ({ transport: 'quic-v1' as const, key })),
]

/** The last part of a cell's path: `tcp,noise,yamux`, `quic-v1`, and the key type where it is not the usual one. */
export function formatStack(stack: Stack): string {
  return [...protocols(stack), ...(stack.key === DEFAULT_STACK.key ? [] : [stack.key])].join(',')
}

/** What an implementation must offer to play on this stack. */
export function stackFeatures(stack: Stack): Feature[] {
  return [...protocols(stack), stack.key]
}

function protocols(stack: Stack): Exclude<Feature, Stack['key']>[] {
  return stack.transport === 'quic-v1' ? [stack.transport] : [stack.transport, stack.security, stack.muxer]
}

const HOST_ADDRS: Readonly<Record<Stack['transport'], string>> = {
  tcp: '/ip4/127.0.0.1/tcp/0',
  ws: '/ip4/127.0.0.1/tcp/0/ws',
  'quic-v1': '/ip4/127.0.0.1/udp/0/quic-v1',
}

/** The flags that make a daemon speak this stack and nothing else. */
export function stackFlags(stack: Stack): DaemonFlags {
  const hostAddrs = HOST_ADDRS[stack.transport]
  if (stack.transport === 'quic-v1') return { hostAddrs }
  const securities = SECURITIES.map(name => [name, name === stack.security])
  return { hostAddrs, ...Object.fromEntries(securities), muxer: stack.muxer }
}
