import type { ComponentLogger, Logger } from '@libp2p/interface'
import { base32 } from 'multiformats/bases/base32'
import { base58btc } from 'multiformats/bases/base58'
import { base64 } from 'multiformats/bases/base64'
import type { Log } from '../log.ts'
import type { Component, LogLevels } from './levels.ts'

/**
 * Sends what js-libp2p logs to the daemon's log. What it calls errors is mostly what peers do wrong, or what happens
 * whenever a connection closes, and it has dealt with: they are `debug` here, its ordinary lines `trace`.
 *
 * It makes loggers for every connection and every stream: as long as nothing of it is to be written they are all the
 * same one, which does nothing.
 */
export function createLibp2pLogger(log: Log, { components }: LogLevels): ComponentLogger {
  const silent =
    !log.component('libp2p').enabled('debug') && ![...components.keys()].some(name => name.startsWith(ROOT))
  return { forComponent: silent ? () => SILENT_LOGGER : name => createLogger(log, rooted(name)) }
}

const ROOT = 'libp2p:'

function ignore(): void {}

/** Writes nothing. */
export const SILENT_LOGGER: Logger = Object.assign(() => {}, {
  error: ignore,
  trace: ignore,
  enabled: false,
  newScope: () => SILENT_LOGGER,
})

function rooted(name: string): Component {
  return name === 'libp2p' || name.startsWith(ROOT) ? (name as Component) : `${ROOT}${name}`
}

function createLogger(root: Log, name: Component): Logger {
  const log = root.component(name)
  const newScope = (scope: string): Logger => createLogger(root, rooted(`${name}:${scope}`))
  if (!log.enabled('debug')) return Object.assign(() => {}, { error: ignore, trace: ignore, enabled: false, newScope })
  const enabled = log.enabled('trace')
  const writer = (level: 'debug' | 'trace'): ((formatter: unknown, ...args: unknown[]) => void) => {
    if (!log.enabled(level)) return ignore
    // where an error comes from is for those who want to know everything
    return (formatter, ...args) => log[level](interpolate(formatter, args, enabled))
  }
  const trace = writer('trace')
  // a function of its own: what is assigned to it must not reach other loggers
  const logger = (formatter: unknown, ...args: unknown[]): void => trace(formatter, ...args)
  return Object.assign(logger, { error: writer('debug'), trace, enabled, newScope })
}

/** js-libp2p's formats: those of `printf`, and some for bytes and errors. */
function interpolate(formatter: unknown, args: readonly unknown[], withStacks: boolean): string {
  const rest = args.values()
  const head =
    typeof formatter !== 'string'
      ? describe(formatter, withStacks)
      : formatter.replaceAll(/%([a-zA-Z%])/g, (match, verb: string) => {
          if (verb === '%') return '%'
          const { value, done } = rest.next()
          return done ? match : format(verb, value, withStacks)
        })
  return [head, ...[...rest].map(value => describe(value, withStacks))].join(' ')
}

const BASES = { b: base58btc, t: base32, m: base64 } as const

function format(verb: string, value: unknown, withStacks: boolean): string {
  const base = BASES[verb as keyof typeof BASES]
  if (base !== undefined && value instanceof Uint8Array) return base.baseEncode(value)
  return describe(value, withStacks)
}

function describe(value: unknown, withStacks: boolean): string {
  if (value instanceof Error) return withStacks ? (value.stack ?? String(value)) : String(value)
  if (typeof value !== 'object' || value === null || value.toString !== Object.prototype.toString) return String(value)
  try {
    return JSON.stringify(value)
  } catch {
    // something circular
    return String(value)
  }
}
