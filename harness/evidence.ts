import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClientObserver, describeMessage } from '../bindings/typescript/index.ts'
import { formatFailure } from '../reports/results.ts'
import type { OutputLine } from './output.ts'
import type { Played } from './plan.ts'

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

  /** The request that a check was at, as it reads after a comma; undefined when it had asked nothing yet. */
  lastRequest(): string | undefined {
    const { unanswered, last } = this.#requests()
    if (unanswered !== undefined) return `with no answer to the ${unanswered.role}’s ${requestType(unanswered)}`
    return last && `after the ${last.role}’s ${requestType(last)} had been answered`
  }

  /** The role whose daemon owes an answer, if one does. */
  debtor(): string | undefined {
    return this.#requests().unanswered?.role
  }

  /** The oldest request without an answer, and the last of all. */
  #requests() {
    const open = new Map<unknown, Entry & Record<string, unknown>>()
    let last: (Entry & Record<string, unknown>) | undefined
    for (const entry of this.#transcript) {
      const key = `${entry.role} ${entry.connection}`
      if (entry.direction === 'received') open.delete(key)
      if (entry.direction !== 'sent' || entry.type !== 'Request') continue
      open.set(key, entry)
      last = entry
    }
    const [unanswered] = open.values()
    return { unanswered, last }
  }

  /** Keeps what a stream handler of a role threw; the check at the other end fails by itself if it matters. */
  handlerError(role: string): (error: unknown) => void {
    return error => void this.#transcript.push({ at: Date.now(), role, handlerError: String(error) })
  }

  /** Keeps what the daemon of a role writes. */
  output(role: string): (line: OutputLine) => void {
    return line => void this.#output.push({ at: line.at, role, line })
  }

  /** Writes the files that are listed in `EVIDENCE_FILES` into the folder. */
  async write(folder: string, cell: EvidencedCell): Promise<void> {
    await mkdir(folder, { recursive: true })
    const transcript = this.#transcript.toSorted(byTime)
    const output = this.#output.toSorted(byTime)
    const contents: Readonly<Record<EvidenceFile, readonly string[]>> = {
      'transcript.jsonl': transcript.map(({ at, ...rest }) => JSON.stringify({ at: iso(at), ...rest })),
      'output.log': output.map(({ at, role, line }) => `${iso(at)} ${role} ${mark(line)} ${line.text}`),
      'timeline.log': timeline(transcript, output, cell),
      'replay.txt': replay(cell),
    }
    await Promise.all(Object.entries(contents).map(([name, text]) => writeFile(join(folder, name), lines(text))))
  }
}

function requestType({ message }: Record<string, unknown>): string {
  return String((message as { readonly type?: unknown }).type)
}

/** What there is in the folder of a cell's evidence. */
export const EVIDENCE_FILES = ['timeline.log', 'transcript.jsonl', 'output.log', 'replay.txt'] as const
export type EvidenceFile = (typeof EVIDENCE_FILES)[number]

/** What the files of a cell's evidence say of the cell itself. */
export interface EvidencedCell {
  readonly path: string
  /** What the harness must be told beside its path to play it again in the same way. */
  readonly options?: readonly string[]
  /** The command line of each role's daemon. */
  readonly commands: Readonly<Record<string, string>>
  readonly played: Pick<Played, 'outcome' | 'failure'>
}

/** Everything by time, for people: who said what to which daemon, what the daemons wrote, and how it ended. */
function timeline(
  transcript: readonly (Entry & Record<string, unknown>)[],
  output: readonly (Entry & { readonly line: OutputLine })[],
  { played: { outcome, failure } }: EvidencedCell,
): string[] {
  const entries = [
    ...transcript.map(entry => ({ at: entry.at, text: describeEntry(entry) })),
    ...output.map(({ at, role, line }) => ({ at, text: `${role} ${mark(line)} ${line.text}` })),
  ].toSorted((a, b) => a.at - b.at)
  const start = entries[0]?.at ?? 0
  const verdict = failure === undefined ? outcome : `${outcome}: ${formatFailure(failure)}`
  return [...entries.map(({ at, text }) => `+${((at - start) / 1_000).toFixed(3).padStart(7)} ${text}`), `= ${verdict}`]
}

const ARROWS: Readonly<Record<string, string>> = { sent: '→', received: '←' }

function describeEntry({
  at: _,
  role,
  connection,
  direction,
  type,
  message,
  ...rest
}: Entry & Record<string, unknown>): string {
  if (direction === undefined)
    return `${role} ${connection === undefined ? '' : `#${connection} `}${JSON.stringify(rest)}`
  return `${role} #${connection} ${ARROWS[String(direction)] ?? direction} ${type} ${JSON.stringify(message)}`
}

function replay({ path, options = [], commands }: EvidencedCell): string[] {
  const daemons = Object.entries(commands).map(([role, command]) => `# ${role}: ${command}`)
  return [[`npm run scenarios -- --replay '${path}'`, ...options].join(' '), ...daemons]
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function mark({ stream }: OutputLine): string {
  return stream === 'stderr' ? '!' : '|'
}

function byTime(a: { readonly at: number }, b: { readonly at: number }): number {
  return a.at - b.at
}

function lines(all: readonly string[]): string {
  return all.map(line => `${line}\n`).join('')
}

/** Where the evidence of all cells is, in the folder of the results. */
export const EVIDENCE_FOLDER = 'evidence'

/**
 * The folder of a cell's evidence, from that of the results: its path without what file names cannot have. A cell that
 * is played more than once has the evidence of the later times inside that of the first.
 */
export function evidencePath(path: string, attempt = 1): string {
  const folder = `${EVIDENCE_FOLDER}/${path.replaceAll('/', '__').replaceAll(':', '=')}`
  return attempt === 1 ? folder : `${folder}/attempt-${attempt}`
}
