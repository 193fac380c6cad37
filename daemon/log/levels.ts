import { didYouMean } from '../../names/nearest.ts'
import { ConfigError } from '../failure.ts'

/** From what must be looked at to what only a debugging session wants; each level writes those before it too. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/** The parts of the daemon that log under a name of their own. */
export const COMPONENTS = [
  'autonat',
  'bootstrap',
  'config',
  'connmanager',
  'control',
  'dht',
  'dialer',
  'events',
  'handlers',
  'host',
  'limits',
  'metrics',
  'peerstore',
  'persistent',
  'pprof',
  'process',
  'pubsub',
  'relay',
  'transports',
] as const

/** A part of the daemon, or one of js-libp2p by the name it gives itself, such as `libp2p:tcp:listener`. */
export type Component = (typeof COMPONENTS)[number] | 'libp2p' | `libp2p:${string}`

/** Which levels are written: a general one, and those of the components named, or of all whose name starts so. */
export interface LogLevels {
  readonly general: LogLevel
  readonly components: ReadonlyMap<string, LogLevel>
}

/** go's own name for everything that is not one of its libraries. */
const DAEMON = 'p2pd'

/** What is written when nobody says anything else: what an operator should know. */
export const DEFAULT_LEVELS: LogLevels = { general: 'warn', components: new Map() }

/**
 * Reads `warn,dht=debug`: a level, and levels of components, in any order; the last one wins.
 *
 * @throws ConfigError for a level or component that does not exist
 */
export function parseLogLevels(text: string): LogLevels {
  const components = new Map<string, LogLevel>()
  let { general } = DEFAULT_LEVELS
  for (const item of text.split(',').filter(item => item.trim() !== '')) {
    const [name, word] = splitItem(item)
    const level = LOG_LEVELS.find(level => level === word)
    if (level === undefined) {
      throw new ConfigError(`unknown log level ${JSON.stringify(word)}; must be error, warn, info, debug or trace`)
    }
    if (name === undefined) general = level
    else if (isComponent(name)) components.set(name, level)
    else {
      const hint = didYouMean(name, COMPONENTS)
      throw new ConfigError(`unknown log component ${JSON.stringify(name)}${hint}`)
    }
  }
  return { general, components }
}

/**
 * Reads `GOLOG_LOG_LEVEL`, which other programs share: levels of go's, also those beyond error, and names of parts that
 * only go has. What cannot be used is passed over, and described.
 */
export function parseGoLogLevels(text: string): { readonly levels: LogLevels; readonly problems: readonly string[] } {
  const components = new Map<string, LogLevel>()
  const problems: string[] = []
  let { general } = DEFAULT_LEVELS
  for (const item of text.split(',').filter(item => item.trim() !== '')) {
    const [name, word] = splitItem(item)
    const level = LOG_LEVELS.find(level => level === (GO_LEVELS[word] ?? word))
    // in go's own words
    if (level === undefined) problems.push(`error setting log level "${item}": unrecognized level: "${word}"`)
    else if (name === undefined) general = level
    else components.set(name, level)
  }
  return { levels: { general, components }, problems }
}

const GO_LEVELS: Readonly<Record<string, LogLevel>> = { dpanic: 'error', panic: 'error', fatal: 'error' }

function splitItem(item: string): [name: string | undefined, level: string] {
  const equals = item.lastIndexOf('=')
  const level = item
    .slice(equals + 1)
    .trim()
    .toLowerCase()
  return [equals < 0 ? undefined : item.slice(0, equals).trim(), level]
}

function isComponent(name: string): boolean {
  const names: readonly string[] = [DAEMON, 'libp2p', ...COMPONENTS]
  return names.includes(name) || name.startsWith('libp2p:')
}

/** The level down to which a component's lines are written. */
export function levelOf({ general, components }: LogLevels, component: Component): LogLevel {
  const parts = component.split(':')
  for (let length = parts.length; length > 0; length--) {
    const level = components.get(parts.slice(0, length).join(':'))
    if (level !== undefined) return level
  }
  return (parts[0] === 'libp2p' ? undefined : components.get(DAEMON)) ?? general
}

/** Whether a line of this level is written down to that one. */
export function includes(lowest: LogLevel, level: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(lowest)
}
