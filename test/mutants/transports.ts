import type { Mutant } from './mutant.ts'

const host = 'daemon/host.ts'
const privateNetwork = 'daemon/private-network.ts'
const stream = 'daemon/transports/quic/stream.ts'

export const transports: readonly Mutant[] = [
  {
    name: 'trust-any-peer',
    fault: 'the peer that a connection leads to is not compared with the one asked for',
    file: 'daemon/expected-peer.ts',
    find: 'if (expected === undefined || expected === actual) return',
    replace: 'if (actual !== undefined) return',
    killedBy: ['quic/wrong-peer-id', 'quic/wrong-rsa-peer-id', 'websocket/wrong-rsa-peer-id'],
  },
  {
    name: 'quic-end-as-reset',
    fault: 'the end of one direction of a QUIC stream is taken for a reset',
    file: stream,
    find: 'this.onRemoteCloseWrite()',
    replace: 'this.onRemoteReset()',
    killedBy: ['quic/half-close'],
  },
  {
    name: 'quic-reads-on',
    fault: 'a QUIC stream reads on when its reader has stopped',
    file: stream,
    find: "return this.readStatus !== 'paused' && this.readBufferLength < MAX_UNREAD",
    replace: 'return true',
    killedBy: ['quic/backpressure'],
  },
  {
    name: 'quic-silent-reset',
    fault: 'the remote is not told that a QUIC stream was reset',
    file: stream,
    find: 'this.#window.resetting(this.#native.resetWrite())\n    void this.#native.stopRead()',
    replace: '',
    killedBy: ['quic/remote-reset'],
  },
  {
    name: 'quic-loses-bytes',
    fault: 'a long write to a QUIC stream loses its last byte',
    file: stream,
    find: 'const writing = this.#native.write(bytes)',
    replace: 'const writing = this.#native.write(bytes.byteLength > 4096 ? bytes.subarray(1) : bytes)',
    killedBy: ['quic/early-data'],
  },
  {
    name: 'no-private-network',
    fault: 'a private network’s key is read and not used',
    file: host,
    find: '...(protector && {',
    replace: '...(protector && Math.random() > 1 && {',
    killedBy: ['private-network/other-key', 'private-network/no-key', 'private-network/out-of-network'],
  },
  {
    name: 'network-of-its-own',
    fault: 'each daemon takes another key for that of its private network',
    file: privateNetwork,
    find: 'encodeKey(decodeKey(bytes, path))',
    replace: 'encodeKey(randomBytes(decodeKey(bytes, path).byteLength))',
    killedBy: ['private-network/same-key'],
  },
]
