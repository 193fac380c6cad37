import type { Libp2pEvents, Transport, TypedEventTarget } from '@libp2p/interface'
import type { Config } from '../config.ts'
import { tcp } from '../data-plane/tcp/transport.ts'
import type { Limits } from '../limits/limits.ts'
import type { LocalPorts } from './local-ports.ts'
import { quic } from './quic/transport.ts'
import { webRtcDirect } from './webrtc-direct.ts'
import { webSocket } from './websocket/transport.ts'

type TransportFactory = (
  components: Parameters<ReturnType<typeof quic>>[0] & { readonly events: TypedEventTarget<Libp2pEvents> },
) => Transport

/** The transports that this daemon can listen on and dial by; those that are heavy load at their first use. */
export async function createTransports(config: Config, limits: Limits, ports: LocalPorts): Promise<TransportFactory[]> {
  const createTcp = config.stock.includes('tcp') ? (await import('./stock-tcp.ts')).stockTcp() : tcp()
  return [
    config.relay.holePunching ? ports.watching(createTcp) : createTcp,
    webSocket(),
    // a private network is one of connections that carry plain bytes
    ...(config.pskPath === undefined
      ? [quic({ limits: config.limits, limit: factory => limits.muxer(() => factory)(undefined) }), webRtcDirect()]
      : []),
  ]
}
