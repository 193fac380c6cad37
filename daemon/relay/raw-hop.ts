import type { Stream } from '@libp2p/interface'
import { HopMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import type { TestHost } from '../test-host.ts'
import { describeStatus, HOP_PROTOCOL } from './protocol.ts'

/** For tests: speaks to a relay as a program of another make may. */
export async function openHop(from: TestHost, relay: TestHost): Promise<Stream> {
  const connection = await from.connect(relay)
  return connection.newStream(HOP_PROTOCOL, { maxOutboundStreams: Number.POSITIVE_INFINITY })
}

/** Sends one request on a stream of its own and gives the answer with the stream, which a circuit then is. */
export async function askHop(
  from: TestHost,
  relay: TestHost,
  request: HopMessage,
): Promise<{ readonly answer: HopMessage; readonly stream: Stream }> {
  const messages = new MessageStream(await openHop(from, relay))
  messages.write(HopMessage, request)
  const answer = await messages.read(HopMessage, AbortSignal.timeout(10_000))
  return { answer, stream: messages.release() }
}

/** The status of the answer, as `OK (100)`. */
export async function hopStatus(from: TestHost, relay: TestHost, request: HopMessage): Promise<string> {
  const { answer } = await askHop(from, relay, request)
  return describeStatus(answer.status)
}

export const RESERVE: HopMessage = { type: HopMessage.Type.RESERVE }

export function callTo(peer: TestHost): HopMessage {
  return { type: HopMessage.Type.CONNECT, peer: { id: peer.peer.toMultihash().bytes } }
}
