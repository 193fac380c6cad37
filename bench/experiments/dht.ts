import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { until } from '../../harness/until.ts'
import { DHTRequest, Request } from '../../proto/codec.ts'
import { timeEach } from '../at-once.ts'
import { type BenchDaemon, connectDaemons, startDaemon } from '../contestant.ts'
import type { Experiment } from '../experiment.ts'
import { quantile } from '../statistics.ts'

const SERVERS = 4
const RECORDS = 50
const QUICK = 3
const TABLES_DEADLINE = 15_000

/** Of a small network of servers, all in each other's tables: one client stores, another finds. */
export const dht: Experiment = {
  name: 'dht',
  figures: [
    { name: 'dht-put', title: 'DHT put of a /pk record, four servers, p50', unit: 'ms', better: 'less' },
    { name: 'dht-get', title: 'DHT get of a /pk record by another client, p50', unit: 'ms', better: 'less' },
  ],
  async measure(contestant, { quick, signal }) {
    await using stack = new AsyncDisposableStack()
    const servers: BenchDaemon[] = []
    for (let index = 0; index < SERVERS; index++) {
      const server = stack.use(await startDaemon(contestant, ['-dhtServer'], signal))
      for (const other of servers) await connectDaemons(server, other)
      servers.push(server)
    }
    const [writer, reader] = await Promise.all([0, 1].map(() => startDaemon(contestant, ['-dhtClient'], signal)))
    for (const client of [stack.use(writer as BenchDaemon), stack.use(reader as BenchDaemon)]) {
      await connectDaemons(client, servers[0] as BenchDaemon)
      const probe = await makeRecord()
      const works = (): Promise<boolean> =>
        put(client, probe).then(
          () => true,
          () => false,
        )
      await until(works, { deadline: TABLES_DEADLINE, what: 'the DHT to accept a record', signal })
    }
    const records = await Promise.all(Array.from({ length: quick ? QUICK : RECORDS }, makeRecord))
    const at = (index: number): PublicKeyRecord => records[index] as PublicKeyRecord
    const puts = await timeEach(records.length, index => put(writer as BenchDaemon, at(index)))
    const gets = await timeEach(records.length, index => get(reader as BenchDaemon, at(index)))
    return { 'dht-put': quantile(puts, 0.5), 'dht-get': quantile(gets, 0.5) }
  },
}

/** The one kind of record that needs no signature: a public key under the id that is its hash. */
export interface PublicKeyRecord {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

export async function makeRecord(): Promise<PublicKeyRecord> {
  const { publicKey } = await generateKeyPair('Ed25519')
  const id = peerIdFromPublicKey(publicKey).toMultihash().bytes
  return { key: Buffer.concat([Buffer.from('/pk/'), id]), value: publicKeyToProtobuf(publicKey) }
}

export async function put(daemon: BenchDaemon, { key, value }: PublicKeyRecord): Promise<void> {
  const request = { type: DHTRequest.Type.PUT_VALUE, key, value, timeout: 30 }
  await daemon.ask({ type: Request.Type.DHT, dht: request })
}

export async function get(daemon: BenchDaemon, { key, value }: PublicKeyRecord): Promise<void> {
  const request = { type: DHTRequest.Type.GET_VALUE, key, timeout: 30 }
  const found = (await daemon.ask({ type: Request.Type.DHT, dht: request })).dht?.value
  if (Buffer.compare(found ?? new Uint8Array(0), value) !== 0) throw new Error('the DHT found another value')
}
