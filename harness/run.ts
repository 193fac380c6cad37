import { join } from 'node:path'
import { takeShard } from '../reports/merge.ts'
import type { Results, Shard } from '../reports/results.ts'
import { assembleResults } from './assemble.ts'
import { type Cell, type Unplayed, whyUnplayed } from './cell.ts'
import { openSite } from './container/containers.ts'
import { type HostsState, probeHosts } from './container/host.ts'
import { HarnessError } from './errors.ts'
import { createIdentities } from './identities.ts'
import type { Implementation, MissingImplementation, Runtime } from './implementation.ts'
import { foretells, type LedgerEntry, ledgerFaults } from './ledger.ts'
import { type NetworkAbility, probeNetwork, whyNotBuilt } from './network/ability.ts'
import type { ControlKind } from './plan.ts'
import type { ProgressLine } from './progress.ts'
import { clear } from './publish.ts'
import { openScratch } from './scratch.ts'
import { shuffle } from './shuffle.ts'
import { DEFAULT_STACK } from './stack.ts'
import { playCells } from './vitest.ts'

export interface RunOptions {
  /** The cells that the run is about, and the implementations that they cast. */
  readonly cells: readonly Cell[]
  readonly implementations: readonly (Implementation | MissingImplementation)[]
  readonly ledger: readonly LedgerEntry[]
  /** All cells that there are, which the entries of the ledger may mean. */
  readonly allCells: readonly Cell[]
  /** Where the results go; those of an earlier run are replaced, and other files are left alone. */
  readonly folder: string
  readonly seed: number
  readonly shard: Shard | undefined
  readonly times: number
  readonly retries: number
  readonly jobs: number
  readonly runtime?: Runtime
  readonly control?: ControlKind
  /** What the deadlines of checks are multiplied by; 1 unless given. */
  readonly patience?: number
  readonly pcap: boolean
  readonly progress: ProgressLine
  readonly signal: AbortSignal
}

/**
 * Plays the cells, or those of the shard, and leaves their evidence in the folder.
 *
 * An abort ends the run early: the results are then those of a part of it, and say so.
 *
 * @throws HarnessError ERR_NO_CELLS when there is nothing to play
 */
export async function run(options: RunOptions): Promise<Results> {
  const { implementations, ledger, allCells, folder, seed, shard, runtime, signal } = options
  const cells = shard === undefined ? options.cells : takeShard(options.cells, shard)
  const byName = new Map(implementations.map(implementation => [implementation.name, implementation]))
  const networks = await probeNetworks(cells, byName)
  const unplayed = new Map(
    cells.flatMap(cell => {
      const reason = whyUnplayed(cell, byName) ?? whyNoNetwork(cell, byName, networks)
      return reason === undefined ? [] : [[cell.path, reason] as const]
    }),
  )
  const playable = cells.filter(({ path }) => !unplayed.has(path))
  if (playable.length === 0) {
    const reasons = new Set([...unplayed.values()].map(({ reason }) => reason))
    throw new HarnessError('ERR_NO_CELLS', `none of ${cells.length} cells can be played: ${[...reasons].join('; ')}`)
  }

  await clear(folder)
  const startedAt = new Date()
  const { played, faults } = await play(playable, options, networks)
  const interrupted = signal.aborted ? describeInterruption(signal, playable, played) : undefined
  return assembleResults({
    startedAt,
    endedAt: new Date(),
    implementations,
    cells,
    unplayed: new Map([...unplayed, ...(interrupted?.unplayed ?? [])]),
    played,
    ledger,
    faults: [...faults, ...(interrupted?.faults ?? []), ...ledgerFaults(ledger, allCells, startedAt)],
    seed,
    shard,
    ...(runtime && { runtime }),
  })
}

type Implementations = ReadonlyMap<string, Implementation | MissingImplementation>

/** What networks between daemons can be made of here: each absent when no cell has need of it. */
interface Networks {
  readonly ability?: NetworkAbility
  /** The hosts of those daemons that run in containers. */
  readonly hosts?: HostsState
}

/** Tries out what the cells need. Where one's hosts are containers, the machine's own root makes the networks of all. */
async function probeNetworks(cells: readonly Cell[], implementations: Implementations): Promise<Networks> {
  const playable = cells.filter(cell => cell.topology !== undefined && !whyUnplayed(cell, implementations))
  if (playable.length === 0) return {}
  const hosts = playable.some(cell => isContained(cell, implementations)) ? await probeHosts() : undefined
  const ability = await probeNetwork(hosts !== undefined && 'image' in hosts ? 'machine' : 'own')
  return { ability, ...(hosts && { hosts }) }
}

/** Why the network of a cell cannot be built here. */
function whyNoNetwork(cell: Cell, implementations: Implementations, networks: Networks): Unplayed | undefined {
  const { ability, hosts } = networks
  if (cell.topology === undefined || ability === undefined) return undefined
  const noHosts =
    hosts !== undefined && 'missing' in hosts && isContained(cell, implementations) ? hosts.missing : undefined
  const reason = noHosts ?? whyNotBuilt(cell.topology, ability)
  return reason === undefined ? undefined : { outcome: 'skipped', reason }
}

function isContained({ cast }: Cell, implementations: Implementations): boolean {
  const players = Object.values(cast).map(name => implementations.get(name))
  return players.some(player => player?.status === 'ready' && player.image !== undefined)
}

/** What was not played any more, which is nobody's failure. */
function describeInterruption(signal: AbortSignal, cells: readonly Cell[], played: ReadonlyMap<string, unknown>) {
  const { message } = signal.reason as Error
  const left = cells.filter(({ path }) => !played.has(path))
  const reason = { outcome: 'skipped', reason: message } as const
  return {
    unplayed: left.map(({ path }) => [path, reason] as const),
    faults: [`the run was ${message}: ${left.length} of ${cells.length} cells were not played`],
  }
}

/** Plays the cells in a scratch folder, of which nothing is left. */
async function play(cells: readonly Cell[], options: RunOptions, networks: Networks) {
  const { implementations, folder, ledger, seed, times, retries, jobs, patience = 1, pcap, progress, signal } = options
  const { runtime = 'native', control = 'unix' } = options
  const { ability, hosts } = networks
  const hostImage = hosts !== undefined && 'image' in hosts ? hosts.image : undefined
  const ready = implementations.filter(({ status }) => status === 'ready') as Implementation[]
  await using scratch = await openScratch()
  const scratchFolder = scratch.folder
  await using opened = ready.some(({ image }) => image !== undefined)
    ? await openSite({ isolated: runtime === 'container', folder: scratchFolder, hostImage })
    : undefined
  const keyed = cells.filter(({ stack }) => stack.key !== DEFAULT_STACK.key)
  const roles = Math.max(0, ...keyed.map(({ cast }) => Object.keys(cast).length))
  const plan = {
    cells: shuffle(cells, seed),
    implementations: ready,
    folder,
    scratchFolder,
    identities: await createIdentities(join(scratchFolder, 'identities'), roles),
    jobs,
    times,
    retries,
    foretold: cells.map(({ path }) => path).filter(foretells(ledger, implementations)),
    control,
    ...(ability && { network: ability }),
    ...(opened && { site: opened.site }),
    patience,
    pcap,
  }
  return await playCells(plan, { progress, signal })
}
