import { publicKeyFromProtobuf } from '@libp2p/crypto/keys'
import type { PeerId, PublicKey } from '@libp2p/interface'
import { DHTRequest, DHTResponse, Request } from '../../../proto/codec.ts'
import type { Control } from '../control.ts'
import { ClientError } from '../errors.ts'
import { type PeerAddresses, promised, toPeerAddresses, toPeerId } from '../peer-info.ts'
import type { DialOptions } from './connect.ts'

/** A content identifier, as `multiformats` has it; only its bytes matter. */
export interface Cid {
  readonly bytes: Uint8Array
}

export interface FindProvidersOptions extends DialOptions {
  /** How many are enough; the daemon's default is 20. */
  readonly count?: number | undefined
}

/**
 * Finds peers, and what peers have announced or stored, in the DHT that the daemon belongs to.
 *
 * What gives several answers gives them as they come; whoever stops iterating, or aborts, ends the search too. `timeout`
 * ends such an iteration, and makes the others reject.
 */
export interface DhtClient {
  /** Finds where a peer can be reached. */
  findPeer(peer: PeerId, options?: DialOptions): Promise<PeerAddresses>
  /** Announces that the daemon has the content. */
  provide(cid: Cid, options?: DialOptions): Promise<void>
  /** Finds peers that have announced to have the content. */
  findProviders(cid: Cid, options?: FindProvidersOptions): AsyncGenerator<PeerAddresses, void, undefined>
  /** Finds the peers closest to a key, closest first. */
  getClosestPeers(key: Uint8Array, options?: DialOptions): AsyncGenerator<PeerId, void, undefined>
  /** Finds a peer's public key; most peers' ids hold it. */
  getPublicKey(peer: PeerId, options?: DialOptions): Promise<PublicKey>
  /** Stores a value: keys are bytes that begin with `/pk/` or `/ipns/`, which say what the value must be. */
  putValue(key: Uint8Array, value: Uint8Array, options?: DialOptions): Promise<void>
  /** Finds the best value of a key. */
  getValue(key: Uint8Array, options?: DialOptions): Promise<Uint8Array>
  /** Finds values of a key, each better than the one before. */
  searchValue(key: Uint8Array, options?: DialOptions): AsyncGenerator<Uint8Array, void, undefined>
}

export interface DhtRequests {
  readonly dht: DhtClient
}

/** DHT. */
export function dhtRequests(control: Control): DhtRequests {
  const { Type } = DHTRequest

  const ask = async (dht: DHTRequest, { timeout, ...options }: DialOptions = {}): Promise<DHTResponse | undefined> => {
    const response = await control.request(toRequest(dht, timeout), options)
    return response.dht ?? undefined
  }

  const askForValue = async (dht: DHTRequest, options?: DialOptions): Promise<Uint8Array> =>
    promised((await ask(dht, options))?.value, 'a value')

  async function* askForMany(dht: DHTRequest, { timeout, ...options }: DialOptions = {}): AsyncGenerator<DHTResponse> {
    const { connection, response } = await control.takeOver(toRequest(dht, timeout), options)
    try {
      expectType(response.dht, DHTResponse.Type.BEGIN)
      for (;;) {
        const message = await connection.receive('DHTResponse', options)
        if (message.type === DHTResponse.Type.END) return
        expectType(message, DHTResponse.Type.VALUE)
        yield message
      }
    } finally {
      connection.socket.destroy()
    }
  }

  return {
    dht: {
      async findPeer(peer, options) {
        const answer = await ask({ type: Type.FIND_PEER, peer: peer.toMultihash().bytes }, options)
        return toPeerAddresses(promised(answer?.peer, 'a peer'))
      },

      async provide(cid, options) {
        await ask({ type: Type.PROVIDE, cid: cid.bytes }, options)
      },

      async *findProviders(cid, { count, ...options } = {}) {
        const request = { type: Type.FIND_PROVIDERS, cid: cid.bytes, count: count ?? null }
        for await (const { peer } of askForMany(request, options)) yield toPeerAddresses(promised(peer, 'a peer'))
      },

      async *getClosestPeers(key, options) {
        const request = { type: Type.GET_CLOSEST_PEERS, key }
        for await (const { value } of askForMany(request, options)) yield toPeerId(promised(value, 'a peer id'))
      },

      async getPublicKey(peer, options) {
        const value = await askForValue({ type: Type.GET_PUBLIC_KEY, peer: peer.toMultihash().bytes }, options)
        try {
          return publicKeyFromProtobuf(value)
        } catch (cause) {
          throw new ClientError('ERR_PROTOCOL', 'expected a public key, got something else', { cause })
        }
      },

      async putValue(key, value, options) {
        await ask({ type: Type.PUT_VALUE, key, value }, options)
      },

      getValue: (key, options) => askForValue({ type: Type.GET_VALUE, key }, options),

      async *searchValue(key, options) {
        for await (const { value } of askForMany({ type: Type.SEARCH_VALUE, key }, options)) {
          yield promised(value, 'a value')
        }
      },
    },
  }
}

function toRequest(dht: DHTRequest, timeout: number | undefined): Request {
  return { type: Request.Type.DHT, dht: { ...dht, timeout: timeout ?? null } }
}

function expectType(message: DHTResponse | null | undefined, type: number): void {
  if (message?.type === type) return
  const [expected, got] = [type, message?.type].map(value => DHTResponse.Type[value ?? -1] ?? value)
  throw new ClientError('ERR_PROTOCOL', `expected a DHTResponse of type ${expected}, got ${got}`)
}
