import { randomBytes } from 'node:crypto'
import { runLabels } from './labels.ts'
import { type ContainerNetwork, createNetwork } from './network.ts'
import { guardRun, sweepRemains, sweepRun } from './sweep.ts'

/** Where the containers of a run are; plain data. */
export interface ContainerSite {
  /** Marks everything that the run creates in the engine, with the labels that say whose it is. */
  readonly runId: string
  readonly labels: readonly string[]
  /** The network that they share; absent for containers that use this machine's, beside daemons that do. */
  readonly network?: ContainerNetwork
  /** The image of containers that are hosts of emulated networks; absent where none is to be one. */
  readonly hostImage?: string
  /** The folder that every container sees under its own path: with control sockets, keys, and applications' sockets. */
  readonly folder: string
}

/**
 * Prepares the engine for the containers of a run, and removes everything of it in the end. What earlier runs have left
 * behind is removed first.
 *
 * @throws HarnessError ERR_ENGINE
 */
export async function openSite({
  isolated,
  folder,
  hostImage,
}: {
  readonly isolated: boolean
  readonly folder: string
  readonly hostImage?: string | undefined
}): Promise<{ readonly site: ContainerSite } & AsyncDisposable> {
  await sweepRemains()
  // a part of the bridge's name, of which 15 characters are allowed
  const runId = randomBytes(4).toString('hex')
  await using stack = new AsyncDisposableStack()
  stack.use(guardRun(runId))
  stack.defer(() => sweepRun(runId))
  const labels = runLabels(runId)
  const network = isolated ? await createNetwork(runId, labels) : undefined
  const owned = stack.move()
  return {
    site: { runId, labels, folder, ...(network && { network }), ...(hostImage !== undefined && { hostImage }) },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
