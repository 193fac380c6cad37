import type { Transport } from '@libp2p/interface'
import type { Config } from '../config.ts'
import { tcp } from '../data-plane/tcp/transport.ts'
import type { Limits } from '../limits/limits.ts'
import { quic } from './quic/transport.ts'
import { webRtcDirect } from './webrtc-direct.ts'
import { webSocket } from './websocket/transport.ts'

type TransportFactory = (components: Parameters<ReturnType<typeof quic>>[0]) => Transport

/** The transports that this daemon can listen on and dial by; those that are heavy load at their first use. */
export async function createTransports(config: Config, limits: Limits): Promise<TransportFactory[]> {
  return [
    config.stock.includes('tcp') ? (await import('./stock-tcp.ts')).stockTcp() : tcp(),
    webSocket(),
    // a private network is one of connections that carry plain bytes
    ...(config.pskPath === undefined
      ? [quic({ limits: config.limits, limit: factory => limits.muxer(() => factory)(undefined) }), webRtcDirect()]
      : []),
  ]
}
