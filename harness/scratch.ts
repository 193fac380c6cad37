import { rmSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDead, thisOwner } from './container/labels.ts'

const PREFIX = 'p2pd-run-'

/** The file that says whose the folder is. */
const OWNER = 'owner'

/**
 * Makes the folder of a run's sockets, keys and daemons' files: nothing of it is left in the end, also when the process
 * exits in the middle. Those of harnesses that were killed go before.
 *
 * @param base where it is made
 */
export async function openScratch(base = tmpdir()): Promise<{ readonly folder: string } & AsyncDisposable> {
  await sweep(base)
  const folder = await mkdtemp(join(base, PREFIX))
  const remove = (): void => {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // a daemon that is about to be killed may still write to it
    }
  }
  process.on('exit', remove)
  await writeFile(join(folder, OWNER), thisOwner())
  return {
    folder,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
      process.off('exit', remove)
    },
  }
}

/** Removes the folders whose owner has ended; of one that does not say whose it is nothing is known. */
async function sweep(base: string): Promise<void> {
  const names = (await readdir(base)).filter(name => name.startsWith(PREFIX))
  await Promise.all(
    names.map(async name => {
      const owner = await readFile(join(base, name, OWNER), 'utf8').catch(() => undefined)
      // others may have what we may not remove
      if (owner && isDead(owner)) await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined)
    }),
  )
}
