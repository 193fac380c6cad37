import type { Feature, Unsupported } from './features.ts'

/** What a daemon is told at its start: flags of go-libp2p-daemon by name, without the dash. */
export type DaemonFlags = Readonly<Record<string, string | number | boolean>>

/**
 * What turns a feature on that is off by default; everything else in `features.ts` needs no more than the stack's flags.
 *
 * Whoever needs a feature gets its flags, unless the scenario, or the check, gives them other values.
 */
const FEATURE_FLAGS: Readonly<Partial<Record<Feature, DaemonFlags>>> = {
  dht: { dhtServer: true },
  gossipsub: { pubsub: true, pubsubRouter: 'gossipsub' },
  floodsub: { pubsub: true, pubsubRouter: 'floodsub' },
}

/** The flags that turn these features on. */
export function featureFlags(needed: readonly Feature[]): DaemonFlags {
  return Object.assign({}, ...needed.map(feature => FEATURE_FLAGS[feature]))
}

/** Leaves out what is named as a feature that the daemon does not offer: it has no such flag either. */
export function knownFlags(flags: DaemonFlags, unsupported: readonly Unsupported[]): DaemonFlags {
  const denied = new Set<string>(unsupported.map(({ feature }) => feature))
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !denied.has(name)))
}

/**
 * The words of a command line. This is the only place that knows how a flag is written: a daemon whose flags are called
 * otherwise would be served here.
 */
export function formatFlags(flags: DaemonFlags): string[] {
  return Object.entries(flags).flatMap(([name, value]) =>
    typeof value === 'boolean' ? [`-${name}=${value}`] : [`-${name}`, String(value)],
  )
}
