import type { Writable } from 'node:stream'
import type { LogFormatter } from './line.ts'

/** Bytes that may wait for whoever reads the log; to one who has stopped reading no more is said. */
const MOST_WAITING = 1024 * 1024

/** Writes lines to a stream, without letting them pile up in memory; says how many were lost once somebody reads again. */
export function createOutput(stream: Writable, format: LogFormatter): (line: string) => void {
  let lost = 0
  return line => {
    if (stream.writableLength > MOST_WAITING) {
      lost += 1
      return
    }
    if (lost > 0) {
      const message = `${lost} lines are missing here: nobody read the log`
      stream.write(format({ time: new Date(), level: 'warn', component: 'process', message }))
      lost = 0
    }
    stream.write(line)
  }
}
