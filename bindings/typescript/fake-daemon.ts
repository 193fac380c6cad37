import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { type Request, Response, type StreamInfo } from '../../proto/codec.ts'
import { type Address, formatAddress, formatMultiaddr, parseAddress } from './address.ts'
import type { Connection } from './connection.ts'
import { Connections } from './connections.ts'
import { ClientError } from './errors.ts'
import { listenNear } from './listener.ts'

/** What a fake daemon does on one connection. It may return early: the connection stays open until somebody closes it. */
export type Script = (connection: Connection) => Promise<void> | void

/** A daemon for tests: it really listens, and says what its script says. */
export interface FakeDaemon extends AsyncDisposable {
  /** The control address, for `createClient`. */
  readonly address: string
  /** How many connections it has accepted. */
  readonly accepted: number
  /** Delivers an inbound stream to the address of a STREAM_HANDLER request; `trailing` goes out in the same write. */
  deliver(handler: Uint8Array, info: StreamInfo, trailing?: Uint8Array): Promise<Connection>
  /** Opens a connection to the address of a STREAM_HANDLER request, and says nothing. */
  dial(handler: Uint8Array): Promise<Connection>
}

export const fakePeer = peerIdFromString('12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5')
export const fakeAddr = multiaddr('/ip4/127.0.0.1/tcp/4001')

/** The daemon's description of a stream with {@link fakePeer}. */
export function fakeStreamInfo(proto: string): StreamInfo {
  return { peer: fakePeer.toMultihash().bytes, addr: fakeAddr.bytes, proto }
}

/** Starts a fake daemon; it fails its disposal when its script threw anything but a {@link ClientError}. */
export async function startFakeDaemon(script: Script, kind: Address['kind'] = 'unix'): Promise<FakeDaemon> {
  const closing = new AbortController()
  const connections = new Connections(closing.signal, {})
  const faults: unknown[] = []
  let accepted = 0
  const run = async (connection: Connection) => {
    try {
      await script(connection)
    } catch (error) {
      if (!(error instanceof ClientError)) faults.push(error)
    }
  }
  const near = kind === 'unix' ? '/unix/control.sock' : '/ip4/127.0.0.1/tcp/0'
  const listener = await listenNear(parseAddress(near), {
    lifetime: closing.signal,
    onConnection: socket => {
      accepted++
      void run(connections.adopt(socket))
    },
  })
  const dial = (handler: Uint8Array) => connections.connect(parseAddress(formatMultiaddr(handler)))
  return {
    address: formatAddress(listener.address),
    get accepted() {
      return accepted
    },
    dial,
    async deliver(handler, info, trailing) {
      const connection = await dial(handler)
      connection.send('StreamInfo', info, trailing)
      return connection
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new ClientError('ERR_CLIENT_CLOSED', 'the fake daemon was stopped'))
      await listener.closed
      if (faults.length > 0) throw new AggregateError(faults, 'the script of a fake daemon failed')
    },
  }
}

/** A script that answers each request in turn. */
export function answering(answer: (request: Request) => Response): Script {
  return async connection => {
    for (;;) connection.send('Response', answer(await connection.receive('Request')))
  }
}

/** An OK answer. */
export function ok(fields: Omit<Response, 'type'> = {}): Response {
  return { type: Response.Type.OK, ...fields }
}

/** An ERROR answer. */
export function failure(msg: string): Response {
  return { type: Response.Type.ERROR, error: { msg } }
}
