import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClientObserver, describeMessage } from '../bindings/typescript/index.ts'
import type { OutputLine } from './output.ts'

interface Entry {
  readonly at: number
  readonly role: string
}

/** What is kept of a cell: what was said on every control connection, and what every daemon wrote, by time. */
export class Evidence {
  readonly #transcript: (Entry & Record<string, unknown>)[] = []
  readonly #output: (Entry & { readonly line: OutputLine })[] = []

  /** Watches the client of a role. */
  observer(role: string): ClientObserver {
    return {
      frame: ({ at, connection, direction, type, message }) => {
        this.#transcript.push({ at, role, connection, direction, type, message: describeMessage(type, message) })
      },
      stream: ({ at, connection, event, protocol, bytesSent, bytesReceived, error }) => {
        const stream = { connection, stream: event, protocol, bytesSent, bytesReceived }
        this.#transcript.push({ at, role, ...stream, ...(error && { error: error.message }) })
      },
    }
  }

  /** Keeps what a stream handler of a role threw; the check at the other end fails by itself if it matters. */
  handlerError(role: string): (error: unknown) => void {
    return error => void this.#transcript.push({ at: Date.now(), role, handlerError: String(error) })
  }

  /** Keeps what the daemon of a role writes. */
  output(role: string): (line: OutputLine) => void {
    return line => void this.#output.push({ at: line.at, role, line })
  }

  /**
   * Writes `transcript.jsonl`, `output.log` and `replay.txt` into the folder.
   *
   * @param commands the command line of each role's daemon
   */
  async write(folder: string, path: string, commands: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(folder, { recursive: true })
    const iso = (at: number): string => new Date(at).toISOString()
    const transcript = this.#transcript
      .toSorted(byTime)
      .map(({ at, ...rest }) => JSON.stringify({ at: iso(at), ...rest }))
    const output = this.#output
      .toSorted(byTime)
      .map(({ at, role, line }) => `${iso(at)} ${role} ${line.stream === 'stderr' ? '!' : '|'} ${line.text}`)
    const daemons = Object.entries(commands).map(([role, command]) => `# ${role}: ${command}`)
    await Promise.all([
      writeFile(join(folder, 'transcript.jsonl'), lines(transcript)),
      writeFile(join(folder, 'output.log'), lines(output)),
      writeFile(join(folder, 'replay.txt'), lines([`npm run scenarios -- --filter '${path}'`, ...daemons])),
    ])
  }
}

function byTime(a: Entry, b: Entry): number {
  return a.at - b.at
}

function lines(all: readonly string[]): string {
  return all.map(line => `${line}\n`).join('')
}

/** Where the evidence of all cells is, in the folder of the results. */
export const EVIDENCE_FOLDER = 'evidence'

/** The folder of a cell's evidence, from that of the results: its path without what file names cannot have. */
export function evidencePath(path: string): string {
  return `${EVIDENCE_FOLDER}/${path.replaceAll('/', '__').replaceAll(':', '=')}`
}
