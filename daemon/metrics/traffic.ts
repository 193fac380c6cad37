import type { MessageStream, MultiaddrConnection, Stream } from '@libp2p/interface'
import type { Registry } from 'prom-client'
import { createLabelBound } from './label-bound.ts'
import { type Reading, readCounter } from './reading.ts'
import { transportOf } from './transport.ts'

interface Bytes {
  received: number
  sent: number
}

/** A stream that is sent by the transport itself, as QUIC's are, and by which one. */
export interface SelfTransported {
  readonly ownTransport?: string
}

/** Counts bytes and streams where js-libp2p passes them by: two additions a chunk, one look-up a stream. */
export class Traffic {
  readonly #bytes = new Map<string, Bytes>()
  readonly #streams = new Map<string, { readonly labels: Reading[0]; count: number }>()
  readonly #protocol: (name: string) => string

  constructor(registry: Registry, protocol = createLabelBound()) {
    this.#protocol = protocol
    readCounter(
      registry,
      {
        name: 'p2pd_transport_bytes_total',
        help: 'Bytes on connections with peers, by transport; those of p2p-circuit are also counted at the transport to the relay',
        labels: ['transport', 'direction'],
      },
      () =>
        [...this.#bytes].flatMap(([transport, { received, sent }]): Reading[] => [
          [{ transport, direction: 'received' }, received],
          [{ transport, direction: 'sent' }, sent],
        ]),
    )
    readCounter(
      registry,
      {
        name: 'libp2p_data_transfer_bytes_total',
        help: 'Bytes on all connections with peers, as js-libp2p names them',
        labels: ['protocol'],
      },
      () => {
        const direct = [...this.#bytes].filter(([transport]) => transport !== 'p2p-circuit')
        return direct.flatMap(([, { received, sent }]): Reading[] => [
          [{ protocol: 'global received' }, received],
          [{ protocol: 'global sent' }, sent],
        ])
      },
    )
    readCounter(
      registry,
      {
        name: 'p2pd_streams_opened_total',
        help: 'Streams whose protocol was agreed on',
        labels: ['direction', 'protocol'],
      },
      () => [...this.#streams.values()].map(({ labels, count }): Reading => [labels, count]),
    )
  }

  /** Counts what is sent and received on the connection from now on, encrypted as it is. */
  trackConnection(connection: MultiaddrConnection): void {
    this.#track(connection, transportOf(connection.remoteAddr))
  }

  /** Counts the stream, and its bytes where they pass through no connection that has been tracked. */
  trackStream(stream: Stream & SelfTransported): void {
    const { direction, protocol, ownTransport } = stream
    if (ownTransport !== undefined) this.#track(stream, ownTransport)
    const labels = { direction, protocol: this.#protocol(protocol) }
    const key = `${direction} ${labels.protocol}`
    const streams = this.#streams.get(key)
    if (streams === undefined) this.#streams.set(key, { labels, count: 1 })
    else streams.count += 1
  }

  #track(messages: MessageStream, transport: string): void {
    const bytes = this.#bytesOf(transport)
    const { send, dispatchEvent } = messages
    messages.send = data => {
      bytes.sent += data.byteLength
      return send.call(messages, data)
    }
    // a listener of its own would take the bytes from those that are not listening yet
    messages.dispatchEvent = event => {
      if (event.type === 'message') bytes.received += (event as MessageEvent).data.byteLength
      return dispatchEvent.call(messages, event)
    }
  }

  #bytesOf(transport: string): Bytes {
    let bytes = this.#bytes.get(transport)
    if (bytes === undefined) {
      bytes = { received: 0, sent: 0 }
      this.#bytes.set(transport, bytes)
    }
    return bytes
  }
}
