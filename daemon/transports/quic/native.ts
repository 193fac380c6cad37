import { loadOnce } from '../../load-once.ts'

/**
 * The native part of `@chainsafe/libp2p-quic` (the quinn library), which speaks QUIC and checks certificates. Only this
 * part is used: the package's own streams read without end for a reader that has stopped, and report a reset as an end.
 */
export interface Native {
  readonly QuinnConfig: new (settings: NativeSettings) => NativeConfig
  /** Dials from a port of its own; the family is 0 for IPv4, 1 for IPv6. */
  readonly Client: new (
    config: NativeConfig,
    family: 0 | 1,
  ) => NativeClient
  /** Listens from its construction on, or throws. */
  readonly Server: new (
    config: NativeConfig,
    host: string,
    port: number,
  ) => NativeServer
}

/** Times in milliseconds, sizes in bytes, each of 32 bits. */
export interface NativeSettings {
  /** The private key as libp2p's protobuf. */
  readonly privateKeyProto: Uint8Array
  readonly handshakeTimeout: number
  readonly maxIdleTimeout: number
  readonly keepAliveInterval: number
  /** Streams that the remote may have open at once. */
  readonly maxConcurrentStreamLimit: number
  /** What the remote may send ahead of the reader, on one stream and on all of a connection. */
  readonly maxStreamData: number
  readonly maxConnectionData: number
  readonly receiveBufferSize: number
  readonly sendBufferSize: number
}

declare const opaque: unique symbol

export interface NativeConfig {
  readonly [opaque]: never
}

export interface NativeClient {
  outboundConnection(host: string, port: number): Promise<NativeConnection>
  /** Closes all its connections. */
  abort(): void
}

export interface NativeServer {
  /** The next connection whose handshake is done; rejects for one that failed, and once aborted. */
  inboundConnection(): Promise<NativeConnection>
  port(): number
  /** Stops listening, closes all its connections and gives up the port. */
  abort(): Promise<void>
}

export interface NativeConnection {
  id(): string
  /** `/ip4/…/udp/…/quic-v1/p2p/<the peer id that the certificate proves>`. */
  remoteMultiaddr(): string
  inboundStream(): Promise<NativeStream>
  /** Waits while the remote allows no more streams. */
  outboundStream(): Promise<NativeStream>
  /** Resolves when the connection is gone, whoever ended it. */
  closed(): Promise<void>
  abort(): void
}

/**
 * One direction's calls wait for each other, in no certain order: a read that waits for data keeps `stopRead` waiting,
 * a write that waits for the remote's window keeps `resetWrite` waiting.
 */
export interface NativeStream {
  id(): string
  /** At least one and at most `length` bytes; null at the end; rejects when reset or when the connection is gone. */
  read(length: number): Promise<Uint8Array | null>
  /** Resolves when all bytes are within the remote's window. */
  write(bytes: Uint8Array): Promise<void>
  finishWrite(): Promise<void>
  resetWrite(): Promise<void>
  stopRead(): Promise<void>
}

/**
 * Loads the native part, which takes time and memory, at its first use.
 *
 * @throws Error when it is not installed or not made for this machine
 */
export const loadNative: () => Promise<Native> = loadOnce(importNative)

async function importNative(): Promise<Native> {
  try {
    // the package exports its transport only; the loader of the native part lies beside that
    const entry = import.meta.resolve('@chainsafe/libp2p-quic')
    return await import(new URL('napi.js', entry).href)
  } catch (cause) {
    throw new Error(`QUIC cannot be used here: ${(cause as Error).message}`, { cause })
  }
}
