import type { Connection, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { AutoNatMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { decodeMultiaddr } from '../multiaddr.ts'
import { AUTONAT_PROTOCOL } from './autonat-service.ts'

const { Type, Status } = AutoNatMessage

/** What a peer found that was asked to dial back; undefined when it would not, or could not, say. */
export type DialBack =
  | { readonly word: 'public'; readonly address: Multiaddr | undefined }
  | { readonly word: 'private' }
  | undefined

/**
 * Asks the peer at the other end to dial this one back at its addresses.
 *
 * @throws Error when it cannot be asked
 */
export async function askForDialBack(
  connection: Connection,
  self: PeerId,
  addresses: readonly Multiaddr[],
  signal: AbortSignal,
): Promise<DialBack> {
  const stream = await connection.newStream(AUTONAT_PROTOCOL, { signal })
  try {
    const messages = new MessageStream(stream)
    const peer = { id: self.toMultihash().bytes, addrs: addresses.map(address => address.bytes) }
    messages.write(AutoNatMessage, { type: Type.DIAL, dial: { peer } })
    const { dialResponse } = await messages.read(AutoNatMessage, signal)
    await stream.close({ signal })
    switch (dialResponse?.status ?? Status.OK) {
      case Status.OK:
        return dialResponse ? { word: 'public', address: readAddress(dialResponse.addr) } : undefined
      case Status.E_DIAL_ERROR:
        return { word: 'private' }
      default:
        return undefined
    }
  } catch (error) {
    stream.abort(error as Error)
    throw error
  }
}

function readAddress(bytes: Uint8Array | null | undefined): Multiaddr | undefined {
  try {
    return bytes ? decodeMultiaddr(bytes) : undefined
  } catch {
    return undefined
  }
}
