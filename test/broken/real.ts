import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const DAEMON = join(import.meta.dirname, '../../dist/p2pd.mjs')

/** What comes between a real daemon and its clients. */
export interface Interference {
  /** Called with whatever a client says, before the daemon hears it; how many there have been before, of all clients. */
  readonly heard?: (count: number) => void
  /** Milliseconds by which what the daemon says is late. The first thing that it says is not: it could not play. */
  readonly delay?: number
  /** Changes a line that the daemon prints. */
  readonly print?: (text: string) => string
}

/** Runs the daemon in this process, with something between it and its clients. */
export async function interfere(flags: readonly string[], { heard, delay = 0, print }: Interference): Promise<void> {
  const at = flags.indexOf('-listen') + 1
  const path = (flags[at] as string).slice('/unix'.length)
  const hidden = `${path}.real`
  let told = 0
  let answered = 0
  const server = createServer({ allowHalfOpen: true }, client => {
    const daemon = connect({ path: hidden, allowHalfOpen: true })
    client.on('data', () => heard?.(told++))
    pass(client, daemon, () => 0)
    pass(daemon, client, () => (answered++ === 0 ? 0 : delay))
  })
  await new Promise<void>(resolve => server.listen(path, resolve))
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = ((text: string) => {
    const told = text.replace(hidden, path)
    return write(print?.(told) ?? told)
  }) as typeof process.stdout.write
  process.argv = [process.argv0, DAEMON, ...flags.with(at, `/unix${hidden}`)]
  await import(String(pathToFileURL(DAEMON)))
}

/** Passes on what is said, and the end of it, each as late as it is told. */
function pass(from: Socket, to: Socket, lateness: () => number): void {
  const after = (action: () => void): void => {
    const time = lateness()
    if (time === 0) action()
    else setTimeout(action, time)
  }
  from.on('data', chunk => after(() => void to.write(chunk)))
  from.on('end', () => after(() => void to.end()))
  from.on('error', () => to.destroy())
  from.on('close', () => after(() => void to.destroySoon()))
}
