import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'

/** One program with one command line, from its start to its end. */
export interface Run {
  /** Undefined when it was started, and then asked to end. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
  /** As printed, when it was given a key; otherwise it is another one every time. */
  readonly peerId: string | undefined
  /** What it has left behind in its working folder when it has not started. */
  readonly left: readonly string[]
}

export interface RunOptions {
  /** Put into its working folder before. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly stdin?: string
}

/** Milliseconds until it must have ended, or have said where it is. */
const PATIENCE = 20_000

/**
 * Runs a command in a folder of its own until it ends, or has printed its start-up lines; then it is asked to end. What
 * differs from run to run, such as times, ports and peer ids, is replaced by its name in angle brackets.
 */
export async function runIn(
  command: readonly string[],
  args: readonly string[],
  { files = {}, stdin = '' }: RunOptions = {},
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-side-'))
  try {
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))
    const [program, ...words] = [...command, ...args.map(word => word.replaceAll('{dir}', folder))] as [string]
    const child = spawn(program, words, { cwd: folder })
    child.stdin.on('error', () => {})
    child.stdin.end(stdin)
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', chunk => (output[name] += chunk))
    const closed = once(child, 'close')
    await until(async () => hasEnded(child) || (await isStarted(output.stdout)), {
      deadline: PATIENCE,
      what: `${program} ${words.join(' ')} to start, or to end`,
    })
    const started = !hasEnded(child)
    if (started) child.kill('SIGTERM')
    await closed
    const left = started ? [] : (await readdir(folder)).filter(name => !(name in files)).toSorted()
    const clean = (text: string): string => nameWhatVaries(text.replaceAll(folder, '<folder>'), program)
    return {
      exitCode: started ? undefined : (child.exitCode ?? undefined),
      stdout: inOrder(clean(output.stdout)),
      stderr: clean(output.stderr),
      peerId: args.includes('-id') ? /^Peer ID: (\S+)$/m.exec(output.stdout)?.[1] : undefined,
      left,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Whether all start-up lines are there: go prints one at a time, and what comes behind the last one is nothing. */
async function isStarted(stdout: string): Promise<boolean> {
  const [, control] = /^Control socket: (\S+)\n/.exec(stdout) ?? []
  const [, printed] = stdout.split('Peer Addrs:\n')
  if (control === undefined || printed === undefined) return false
  await using client = createClient(control)
  const { addrs } = await client.identify()
  return (printed.match(/\n/g)?.length ?? 0) >= addrs.length
}

function nameWhatVaries(text: string, program: string): string {
  return (
    text
      .replaceAll(program, 'p2pd')
      .replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '<time> ')
      // logs are each daemon's own
      .replace(/^\d{4}-\d\d-\d\dT\S+\t.*\n/gm, '')
      .replace(/\b12D3Koo\w{45}\b|\bQm\w{44}\b/g, '<peer>')
      .replace(/\/(tcp|udp)\/\d{5}\b/g, '/$1/<port>')
      .replace(/^Usage of [\s\S]*/m, '<usage>')
  )
}

/** The addresses are printed in each daemon's own order. */
function inOrder(stdout: string): string {
  const [before, addresses] = stdout.split('Peer Addrs:\n')
  if (addresses === undefined) return stdout
  return `${before}Peer Addrs:\n${addresses
    .split(/(?<=\n)/)
    .toSorted()
    .join('')}`
}
