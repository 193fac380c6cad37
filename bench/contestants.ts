import { join } from 'node:path'
import { adHoc } from '../harness/ad-hoc.ts'
import { HarnessError } from '../harness/errors.ts'
import { type Implementation, prepare } from '../harness/implementation.ts'
import { loadManifest } from '../harness/manifest.ts'
import type { Contestant } from './contestant.ts'

/** What the two that are compared are when the command line does not say. */
const DEFAULTS = { subject: 'js', baseline: 'go' } as const

export interface ContestantsOptions {
  /** The command lines of other daemons than this one and go's. */
  readonly subject: string | undefined
  readonly baseline: string | undefined
  readonly onProgress: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Builds what is to be compared, and adds the load generator's own ceiling.
 *
 * @throws HarnessError ERR_BUILD_FAILED, ERR_COMMAND_INVALID; ERR_IMPLEMENTATION_UNKNOWN where this machine cannot build one
 */
export async function findContestants(root: string, options: ContestantsOptions): Promise<Contestant[]> {
  const find = async (role: 'subject' | 'baseline'): Promise<Contestant> => {
    const commandLine = options[role]
    const found =
      commandLine === undefined ? await built(root, DEFAULTS[role], options) : await adHoc(role, commandLine)
    if (found.status === 'missing' || found.image !== undefined) {
      throw new HarnessError('ERR_COMMAND_INVALID', `${role}: ${commandLine} is an image; only processes are measured`)
    }
    const { title, version, command } = found
    return { role, title: commandLine ?? `${title} ${version}`, command }
  }
  return [
    await find('subject'),
    await find('baseline'),
    {
      role: 'ceiling',
      title: 'a bare relay between Unix sockets',
      command: [process.execPath, ...process.execArgv, join(import.meta.dirname, 'bare-relay.ts')],
    },
  ]
}

async function built(root: string, name: string, { onProgress, signal }: ContestantsOptions): Promise<Implementation> {
  const manifest = await loadManifest(join(root, 'implementations'), name)
  const implementation = await prepare(manifest, {
    onProgress: ({ elapsed, line }) => onProgress(`building ${name} (${elapsed} s): ${line}`),
    signal,
  })
  if (implementation.status === 'ready') return implementation
  throw new HarnessError('ERR_IMPLEMENTATION_UNKNOWN', `${implementation.title} is needed: ${implementation.reason}`)
}
