import type { PrivateKey } from '@libp2p/interface'
import type { Log } from '../log.ts'
import { PeerDatastore } from './datastore.ts'
import { openDisk } from './disk.ts'

/**
 * Opens the datastore of a node with this key, in memory alone without a path.
 *
 * @throws ConfigError when the folder cannot be used
 */
export async function openDatastore(
  path: string | undefined,
  privateKey: PrivateKey,
  log: Log,
): Promise<PeerDatastore> {
  const self = `/peers/${privateKey.publicKey.toCID()}`
  return new PeerDatastore({ self, disk: path === undefined ? undefined : await openDisk(path, log) })
}
