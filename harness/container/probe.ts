import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HarnessError } from '../errors.ts'
import { docker, type EngineState, findEngine } from './engine.ts'
import { buildHostImage } from './host.ts'

let probed: Promise<EngineState> | undefined

/**
 * Finds out, once a process, whether there is an engine that containers of daemons can run in: beyond answering, it must see
 * the files of this machine, as control sockets, keys and applications' sockets are shared through them. One that is remote,
 * in a virtual machine, or has a `/tmp` of its own would make every daemon fail for no fault of its.
 */
export function probeEngine(): Promise<EngineState> {
  probed ??= probe()
  return probed
}

async function probe(): Promise<EngineState> {
  const engine = await findEngine()
  if ('missing' in engine) return engine
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-engine-'))
  try {
    const file = join(folder, 'here')
    await writeFile(file, '')
    const image = await buildHostImage()
    const options = ['--rm', '--pull', 'never', '--network', 'none', '--volume', `${folder}:${folder}:ro`]
    const look = ['--entrypoint', '/bin/sh', image, '-c', '[ -e "$0" ] && echo seen || echo hidden', file]
    if ((await docker(['run', ...options, ...look])) === 'seen') return engine
    const reason = 'it is remote, or has files of its own, and control sockets cannot be shared with it'
    return { missing: `the container engine does not see the files of ${tmpdir()}: ${reason}` }
  } catch (error) {
    if (error instanceof HarnessError) return { missing: `the container engine runs nothing: ${error.message}` }
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
