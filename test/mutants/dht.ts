import type { Mutant } from './mutant.ts'

const requests = 'daemon/requests/dht.ts'
const lookup = 'daemon/dht/lookup.ts'
const network = 'daemon/dht/network.ts'
const server = 'daemon/dht/server.ts'
const providers = 'daemon/dht/providers.ts'
const values = 'daemon/dht/values.ts'
const records = 'daemon/dht/records.ts'

/** What is found, announced and stored between daemons of which nothing goes wrong. */
const found: readonly Mutant[] = [
  {
    name: 'dht-hide-addresses',
    fault: 'the DHT forgets an address of each peer, and of the daemon itself',
    file: network,
    find: 'return known.map(bare)',
    replace: 'return known.map(bare).slice(1)',
    killedBy: ['dht/find-connected-peer', 'dht/provide', 'dht-network/find-peer', 'bootstrap/connected'],
  },
  {
    name: 'dht-repeat-peers',
    fault: 'GET_CLOSEST_PEERS lists peers more than once',
    file: requests,
    find: 'for (const { peer } of contacts)',
    replace: 'for (const { peer } of [...contacts, ...contacts])',
    killedBy: ['dht/closest-peers'],
  },
  {
    name: 'dht-announce-to-nobody',
    fault: 'PROVIDE tells no other daemon',
    file: providers,
    find: 'contacts.map(contact => network.tell(contact, announcement, signal))',
    replace: '[]',
    killedBy: ['dht/provide-to-server'],
  },
  {
    name: 'dht-invent-providers',
    fault: 'the daemon says that it provides whatever it is asked for',
    file: server,
    find: 'parts.providers.get(insistOnMultihash(key)).map(',
    replace: '[...parts.providers.get(insistOnMultihash(key)), { peer: parts.self, addrs: [] }].map(',
    killedBy: ['dht/no-providers'],
  },
  {
    name: 'dht-forget-values',
    fault: 'values that others store here are thrown away',
    file: server,
    find: '  values.put(key, value)\n',
    replace: '',
    killedBy: ['dht/public-key-value'],
  },
  {
    name: 'dht-hide-values',
    fault: 'others are not told the values that are stored here',
    file: server,
    find: 'record: record ?? null',
    replace: 'record: null',
    killedBy: ['dht/outdated-peer', 'dht-network/late-comer'],
  },
  {
    name: 'dht-take-old-values',
    fault: 'others can replace a newer IPNS record by an older one',
    file: server,
    find: '!isAsGood(key, value, stored)',
    replace: 'false',
    killedBy: ['dht/outdated-peer'],
  },
  {
    name: 'dht-go-back',
    fault: 'a client can replace a newer IPNS record by an older one',
    file: values,
    find: '!isAsGood(key, value, stored)',
    replace: 'false',
    killedBy: ['dht/ipns-value'],
  },
  {
    name: 'dht-repeat-values',
    fault: 'SEARCH_VALUE gives the same value for each peer that has it',
    file: values,
    find: 'if (!same) {',
    replace: 'if (true) {',
    killedBy: ['dht/search-value'],
  },
  {
    name: 'dht-ask-for-keys',
    fault: 'GET_PUBLIC_KEY asks others for a key that the id holds',
    file: network,
    find: 'if (peer.publicKey ?? met) return peer.publicKey ?? met',
    replace: 'if (met) return met',
    killedBy: ['dht/public-key-in-id'],
  },
  {
    name: 'dht-client-serves',
    fault: 'a daemon started with -dhtClient answers others',
    file: 'daemon/dht/dht.ts',
    find: "if (this.#wanted === 'server')",
    replace: 'if (true)',
    killedBy: ['dht/client-mode'],
  },
  {
    name: 'dht-hang-up',
    fault: 'the control connection is closed after END',
    file: 'daemon/control/connection.ts',
    find: 'if (reply.frames !== undefined) await writeFrames(socket, reply.frames)',
    replace: 'if (reply.frames !== undefined) return await writeFrames(socket, reply.frames)',
    killedBy: ['dht/reused-connection'],
  },
  {
    name: 'dht-one-step',
    fault: 'lookups ask only the peers that the daemon has met',
    file: lookup,
    find: 'for (const contact of closer) this.hear(contact)',
    replace: '',
    killedBy: ['dht-network/find-peer', 'dht-ten/finds'],
  },
  {
    name: 'dht-dial-only-known',
    fault: 'peers without a known address are not looked up',
    file: 'daemon/requests/connect.ts',
    find: 'await (dht === undefined',
    replace: 'await (true',
    killedBy: ['dht-network/connect-by-id', 'dht-network/stream-by-id', 'dht-network/not-found'],
  },
  {
    name: 'dht-never-enough',
    fault: 'FIND_PROVIDERS does not heed how many are wanted',
    file: providers,
    find: 'found.size >= count',
    replace: 'found.size >= 20',
    killedBy: ['dht-network/providers'],
  },
  {
    name: 'bootstrap-alone',
    fault: 'the daemon connects to none of its bootstrap peers',
    file: 'daemon/bootstrap.ts',
    find: 'const WANTED = 4',
    replace: 'const WANTED = 0',
    killedBy: ['bootstrap/connected'],
  },
]

/** What cannot be found, announced or stored, and how the daemon says so. */
const errors: readonly Mutant[] = [
  {
    name: 'dht-other-words',
    fault: 'a daemon without a DHT says so in other words than go’s',
    file: requests,
    find: "'DHT not enabled'",
    replace: "'there is no DHT'",
    killedBy: ['dht-errors/disabled'],
  },
  {
    name: 'dht-missing-is-empty',
    fault: 'a field that is missing is taken for an empty one',
    file: requests,
    find: 'if (bytes !== null && bytes !== undefined) return bytes',
    replace: 'return bytes ?? new Uint8Array()',
    killedBy: ['dht-errors/missing-fields'],
  },
  {
    name: 'dht-any-peer',
    fault: 'what is no peer id is looked for',
    file: requests,
    find: "const { id } = decodePeer(field('peer', peer))",
    replace: 'const id = undefined',
    killedBy: ['dht-errors/bad-peers'],
  },
  {
    name: 'dht-any-cid',
    fault: 'what follows a CID is ignored',
    file: 'daemon/dht/cid.ts',
    find: 'if (end !== bytes.byteLength) throw',
    replace: 'if (false) throw',
    killedBy: ['dht-errors/bad-cids'],
  },
  {
    name: 'dht-any-namespace',
    fault: 'values of any namespace are stored',
    file: records,
    find: "if (namespace === undefined) throw invalid('invalid record keytype')",
    replace: 'if (namespace === undefined) return',
    killedBy: ['dht-errors/bad-values'],
  },
  {
    name: 'dht-nobody-is-enough',
    fault: 'a lookup succeeds although the daemon knows nobody',
    file: lookup,
    find: 'if (seeds.length === 0) throw',
    replace: 'if (false) throw',
    killedBy: ['dht-errors/empty-table'],
  },
  {
    name: 'dht-no-hurry',
    fault: 'timeouts of requests are ignored',
    file: requests,
    find: 'withTimeout(wanted.timeout, session.signal)',
    replace: 'withTimeout(undefined, session.signal)',
    killedBy: ['dht-errors/timeouts'],
  },
]

export const dht: readonly Mutant[] = [...found, ...errors]
