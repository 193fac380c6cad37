import { type Component, DEFAULT_LEVELS, includes, type LogLevel, type LogLevels, levelOf } from './log/levels.ts'
import { formatText, type LogFields, type LogFormatter } from './log/line.ts'

type Write = (message: string, fields?: LogFields) => void

/**
 * Where the daemon says what happened, apart from what its start-up lines promise. Levels that are not written cost a
 * call of an empty function; `enabled` is for lines that cost something to make.
 */
export interface Log {
  /** A fault of the daemon or its surroundings that somebody must look at. */
  readonly error: Write
  /** What an operator should know: a client that was hung up on, an application that does not answer. */
  readonly warn: Write
  /** What the daemon does by itself. */
  readonly info: Write
  /** What it does for a client or a peer: every request, every connection. */
  readonly debug: Write
  /** Every stream, every message. */
  readonly trace: Write
  enabled(level: LogLevel): boolean
  /** The log of a part of the daemon, whose level can be chosen by itself. */
  component(name: Component): Log
}

export interface LogOptions {
  readonly write: (line: string) => void
  readonly levels?: LogLevels
  readonly format?: LogFormatter
}

/** The log of the whole daemon, itself that of its `process` component. */
export function createLog({ write, levels = DEFAULT_LEVELS, format = formatText }: LogOptions): Log {
  const component = (name: Component): Log => {
    const lowest = levelOf(levels, name)
    const writer =
      (level: LogLevel): Write =>
      (message, fields) =>
        write(format({ time: new Date(), level, component: name, message, fields }))
    const at = (level: LogLevel): Write => (includes(lowest, level) ? writer(level) : ignore)
    return {
      error: at('error'),
      warn: at('warn'),
      info: at('info'),
      debug: at('debug'),
      trace: at('trace'),
      enabled: level => includes(lowest, level),
      component,
    }
  }
  return component('process')
}

function ignore(): void {}
