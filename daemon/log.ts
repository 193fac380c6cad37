/** Where the daemon says what happened, apart from what its start-up lines promise. */
export interface Log {
  /** What an operator should know: a client that was hung up on, an application that does not answer. */
  warn(message: string): void
  error(message: string): void
}

/** Writes a line each in Go's `log` format: local time, then the message. */
export function createLog(write: (line: string) => void): Log {
  const line = (message: string): void => write(`${timestamp(new Date())} ${message}\n`)
  return { warn: line, error: line }
}

/** `2006/01/02 15:04:05`, local time. */
export function timestamp(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())}`
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
