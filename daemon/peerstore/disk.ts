import { access, mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClassicLevel } from 'classic-level'
import { ConfigError } from '../failure.ts'
import type { Log } from '../log.ts'

/** How long, in ms, until a folder that could not be written is tried again. */
const RETRY_INTERVAL = 30_000

/** A file that LevelDB always has. */
const ANY_FILE = 'CURRENT'

/** Keys and values in a folder, which memory runs ahead of: what is put is written soon, and a disk that fails is no reason to end. */
export interface Disk {
  /** What the folder held when it was opened. */
  readonly loaded: Iterable<readonly [string, Uint8Array]>
  /** Where to find everything that ought to be in the folder, for when it has to be written anew. */
  contents: () => Iterable<readonly [string, Uint8Array]>
  put(key: string, value: Uint8Array): void
  delete(key: string): void
  /** Resolves when everything put so far is written, or cannot be. */
  flushed(): Promise<void>
  close(): Promise<void>
}

type Database = ClassicLevel<string, Uint8Array>

/**
 * Opens the folder, or makes it; it is LevelDB's, and laid out as js-libp2p's `datastore-level` does.
 *
 * @throws ConfigError when it cannot be used: it is no folder, not writable, damaged, or another process has it open
 */
export async function openDisk(path: string, log: Log): Promise<Disk> {
  await makeFolder(path)
  const database = await open(path)
  try {
    // LevelDB skips damaged parts of its journal, and says so in this file alone
    const notes = await readFile(join(path, 'LOG'), 'utf8')
    const damage = /dropping \d+ bytes; .*/.exec(notes)?.[0]
    if (damage !== undefined) log.error(`peerstore ${path} was damaged, part of it is lost: ${damage}`)
    // copies, because LevelDB's values are parts of larger buffers
    const loaded = (await database.iterator().all()).map(([key, value]) => [key, Uint8Array.from(value)] as const)
    return new LevelDisk(path, database, loaded, log)
  } catch (error) {
    await database.close()
    throw unusable(path, error)
  }
}

/** Only the last part of the path, as `mkdir` does: a missing parent is more likely a mistake than a wish. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST'
    if (!exists) throw ConfigError.fromSystem(error as NodeJS.ErrnoException, path)
    if (!(await stat(path)).isDirectory()) throw new ConfigError(`peerstore ${path}: not a folder`)
  }
}

async function open(path: string): Promise<Database> {
  const { ClassicLevel } = await import('classic-level')
  const database = new ClassicLevel<string, Uint8Array>(path, { valueEncoding: 'view', compression: false })
  try {
    await database.open()
    return database
  } catch (error) {
    throw unusable(path, error)
  }
}

function unusable(path: string, error: unknown): ConfigError {
  const { code, message } = rootOf(error)
  const why =
    code === 'LEVEL_LOCKED'
      ? 'another process uses it'
      : `${code === 'LEVEL_CORRUPTION' ? 'it is damaged, move it away to start with an empty one: ' : ''}${message}`
  return new ConfigError(`peerstore ${path}: ${why}`, { cause: error })
}

/** LevelDB's own reason is a cause of what the binding throws. */
function rootOf(error: unknown): NodeJS.ErrnoException {
  const { cause } = error as Error
  return cause instanceof Error ? rootOf(cause) : (error as NodeJS.ErrnoException)
}

class LevelDisk implements Disk {
  readonly loaded: Disk['loaded']
  contents: Disk['contents'] = () => []
  readonly #path: string
  readonly #log: Log
  #database: Database
  #pending = new Map<string, Uint8Array | undefined>()
  #writing: Promise<void> | undefined
  /** Set while the folder cannot be written: what is put is then left to the next try, which writes everything. */
  #retry: NodeJS.Timeout | undefined
  #complained = false

  constructor(path: string, database: Database, loaded: Disk['loaded'], log: Log) {
    this.#path = path
    this.#database = database
    this.loaded = loaded
    this.#log = log
  }

  put(key: string, value: Uint8Array): void {
    this.#change(key, value)
  }

  delete(key: string): void {
    this.#change(key, undefined)
  }

  async flushed(): Promise<void> {
    await this.#writing
  }

  async close(): Promise<void> {
    await this.#writing
    clearTimeout(this.#retry)
    await this.#database.close().catch(() => {})
  }

  #change(key: string, value: Uint8Array | undefined): void {
    if (this.#retry !== undefined) return
    this.#pending.set(key, value)
    this.#writing ??= this.#writePending().finally(() => {
      this.#writing = undefined
    })
  }

  async #writePending(): Promise<void> {
    // what is put in one go is written in one go
    await Promise.resolve()
    while (this.#pending.size > 0) {
      const changes = this.#pending
      this.#pending = new Map()
      try {
        await this.#write(changes)
      } catch (error) {
        this.#fail(error)
      }
    }
  }

  async #write(changes: ReadonlyMap<string, Uint8Array | undefined>): Promise<void> {
    // the files of a folder that was removed can still be written, in vain
    await access(join(this.#path, ANY_FILE))
    await this.#database.batch(
      [...changes].map(([key, value]) => (value === undefined ? { type: 'del', key } : { type: 'put', key, value })),
    )
    if (this.#complained) this.#log.warn(`peerstore ${this.#path} is written again`)
    this.#complained = false
  }

  #fail(error: unknown): void {
    this.#pending.clear()
    if (!this.#complained) {
      const { message } = rootOf(error)
      this.#log.error(`peerstore ${this.#path} cannot be written, peers are known until the end only: ${message}`)
    }
    this.#complained = true
    this.#retry = setTimeout(() => {
      this.#writing = this.#startAnew().finally(() => {
        this.#writing = undefined
      })
    }, RETRY_INTERVAL).unref()
  }

  /** LevelDB takes no more writes after some failures: only opening it again helps. */
  async #startAnew(): Promise<void> {
    try {
      await this.#database.close()
      await makeFolder(this.#path)
      this.#database = await open(this.#path)
      const stale = await this.#database.keys().all()
      this.#retry = undefined
      this.#pending = new Map(stale.map(key => [key, undefined]))
      for (const [key, value] of this.contents()) this.#pending.set(key, value)
    } catch (error) {
      this.#fail(error)
      return
    }
    await this.#writePending()
  }
}
