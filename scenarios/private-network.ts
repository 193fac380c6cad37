import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { DaemonFlags } from '../harness/flags.ts'
import { type Check, defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, refused, succeeds } from '../harness/verify.ts'
import { streams } from './streams.ts'

/** Milliseconds for a connection that failed on one side to be gone on the other. */
const NOTICE = 5_000

type Role = 'dialer' | 'listener'

export const privateNetwork = defineScenario({
  name: 'private-network',
  title: 'Peers connect only to those who have the key of their network',
  roles: ['dialer', 'listener'],
  checks: {
    'same-key': {
      ...(streams.checks.echo as Check<Role>),
      title: 'Peers with the same key connect, and streams carry bytes both ways',
      needs: ['private-network'],
      flags: { '*': () => inNetwork('one') },
    },
    'other-key': {
      title: 'Peers of different networks do not connect, and are left with no connection',
      needs: ['private-network'],
      flags: { dialer: () => inNetwork('one'), listener: () => inNetwork('other') },
      run: ({ players, signal }) => keepApart(players, signal),
    },
    'no-key': {
      title: 'A peer without a key does not get into a private network',
      needs: { listener: ['private-network'] },
      flags: { listener: () => inNetwork('one') },
      run: ({ players, signal }) => keepApart(players, signal),
    },
    'out-of-network': {
      title: 'A peer with a key does not connect to one outside its network',
      needs: { dialer: ['private-network'] },
      flags: { dialer: () => inNetwork('one') },
      run: ({ players, signal }) => keepApart(players, signal),
    },
  },
})

async function keepApart({ dialer, listener }: Readonly<Record<Role, Player>>, signal: AbortSignal): Promise<void> {
  await refused(
    'CONNECT',
    dialer.client.connect(listener.peer, listener.addrs, { timeout: 5, signal }),
    'failed to dial: ',
  )
  equal('the dialer’s peers', await dialer.client.listPeers({ signal }), [])
  await until(async () => (await listener.client.listPeers({ signal })).length === 0, {
    deadline: NOTICE,
    what: 'the listener’s list of peers to be empty',
    signal,
  })
  await succeeds('a TCP connection to the listener afterwards', reach(listener))
}

/** Makes sure that it was not for want of a listener that nobody connected. */
async function reach({ addrs }: Player): Promise<void> {
  const [host, port] = (addrs[0] as Multiaddr).getComponents().map(({ value }) => value)
  const socket = createConnection({ host: host as string, port: Number(port) })
  await once(socket, 'connect').finally(() => socket.destroy())
}

const keyFiles = new Map<string, string>()
let folder: string | undefined

/** The flags that put a daemon into a network, one of its own for each name. */
function inNetwork(name: string): DaemonFlags {
  const known = keyFiles.get(name)
  if (known !== undefined) return { psk: known }
  folder ??= temporaryFolder()
  const file = join(folder, `${name}.key`)
  writeFileSync(file, `/key/swarm/psk/1.0.0/\n/base16/\n${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  keyFiles.set(name, file)
  return { psk: file }
}

function temporaryFolder(): string {
  const created = mkdtempSync(join(tmpdir(), 'p2pd-networks-'))
  process.once('exit', () => rmSync(created, { recursive: true, force: true }))
  return created
}
