import type { Logger, MessageStreamDirection, PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { AbstractMultiaddrConnection, type SendResult } from '@libp2p/utils'
import { CODE_P2P, type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { NativeConnection } from './native.ts'

export interface QuicConnectionInit {
  readonly native: NativeConnection
  readonly remoteAddr: Multiaddr
  readonly direction: MessageStreamDirection
  readonly log: Logger
}

/** A QUIC connection as libp2p's: it carries no bytes but those of its streams. */
export class QuicConnection extends AbstractMultiaddrConnection {
  readonly #native: NativeConnection

  constructor({ native, ...init }: QuicConnectionInit) {
    super(init)
    this.#native = native
    void native.closed().then(() => this.onTransportClosed())
  }

  override sendData(): SendResult {
    throw new Error('a QUIC connection carries no bytes beside its streams')
  }

  override sendReset(): void {
    this.#native.abort()
  }

  override async sendClose(): Promise<void> {
    this.#native.abort()
  }

  override sendPause(): void {
    // its streams pause each for itself
  }

  override sendResume(): void {
    // its streams pause each for itself
  }
}

/** The peer that the certificate has proven to be at the other end, and where it is. */
export function remoteOf(native: NativeConnection): { peer: PeerId; address: Multiaddr } {
  const address = multiaddr(native.remoteMultiaddr())
  const id = address.getComponents().findLast(({ code }) => code === CODE_P2P)?.value
  if (id === undefined) throw new Error(`no peer id in ${address}`)
  return { peer: peerIdFromString(id), address }
}
