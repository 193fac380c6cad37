import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { AbortError } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { ATTEMPT_TIMEOUT, dialReason, undialableReason } from './dial-reason.ts'

const PEER = peerIdFromString('12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp')
const OTHER = 'QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN'
const TCP = '/ip4/192.0.2.1/tcp/1'

const reason = (error: Error, address = TCP): string => dialReason(error, multiaddr(address), PEER)

function named(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}

const coded = (code: string, message = '', more: object = {}): Error =>
  Object.assign(new Error(message), { code, ...more })

const refused = coded('ECONNREFUSED', 'connect ECONNREFUSED', { errno: -111, syscall: 'connect' })

test.each([
  [TCP, 'dial tcp4 192.0.2.1:1'],
  ['/ip6/2001:db8::1/tcp/1', 'dial tcp6 [2001:db8::1]:1'],
  ['/ip4/192.0.2.1/tcp/1/ws', 'dial tcp 192.0.2.1:1'],
  ['/ip4/192.0.2.1/tcp/1/wss', 'dial tcp 192.0.2.1:1'],
  ['/ip4/192.0.2.1/tcp/1/tls/sni/a.example/ws', 'dial tcp 192.0.2.1:1'],
  ['/dns4/a.example/tcp/1', 'dial tcp4 a.example:1'],
  ['/dns/a.example/tcp/1', 'dial tcp a.example:1'],
  ['/ip4/192.0.2.1/udp/1/quic-v1', 'dial udp4 192.0.2.1:1'],
])('what the system says of %s', (address, target) => {
  expect(reason(refused, address)).toBe(`${target}: connect: connection refused`)
  expect(reason(new Error('something'), address)).toBe(`${target}: something`)
})

test.each([
  ['EMFILE', -24, 'too many open files'],
  ['ENFILE', -23, 'too many open files in system'],
])('no file descriptor is left: %s', (code, errno, text) => {
  const error = coded(code, '', { errno, syscall: 'connect' })
  expect(reason(error)).toBe(`dial tcp4 192.0.2.1:1: socket: ${text}`)
})

test.each([
  [TCP, 'dial tcp4 192.0.2.1:1: i/o timeout'],
  ['/ip4/192.0.2.1/tcp/1/ws', 'dial tcp 192.0.2.1:1: i/o timeout'],
  ['/ip4/192.0.2.1/tcp/1/wss', 'context deadline exceeded'],
  ['/ip4/192.0.2.1/tcp/1/tls/ws', 'context deadline exceeded'],
  ['/ip4/192.0.2.1/udp/1/quic-v1', 'context deadline exceeded'],
])('what is said of %s when it takes too long', (address, text) => {
  expect(reason(new Error(ATTEMPT_TIMEOUT), address)).toBe(text)
})

const security = 'failed to negotiate security protocol: '

test.each([
  [
    `Payload identity key ${OTHER} does not match expected remote identity key ${PEER}`,
    `peer id mismatch: expected ${PEER}, but remote key matches ${OTHER}`,
  ],
  ['Unexpected Peer', `peer id mismatch: expected ${PEER}, but remote key does not match`],
  ['Protocol selection failed - could not negotiate /noise,/tls/1.0.0', 'protocols not supported: [/noise /tls/1.0.0]'],
  ['something else', 'something else'],
])('security that cannot be agreed on: %s', (message, text) => {
  expect(reason(named('EncryptionFailedError', message))).toBe(`${security}${text}`)
})

test('no muxer in common', () => {
  const error = named('MuxerUnavailableError', 'Protocol selection failed - could not negotiate /yamux/1.0.0')
  expect(reason(error)).toBe('failed to negotiate stream multiplexer: protocols not supported: [/yamux/1.0.0]')
})

test('what has go’s words already is left as it is', () => {
  expect(reason(named('UnexpectedPeerError', 'peer id mismatch'))).toBe(`${security}peer id mismatch`)
  for (const name of ['CircuitError', 'WebSocketHandshakeError', 'MissingPackageError']) {
    expect(reason(named(name, 'in words'))).toBe('in words')
  }
  expect(reason(new AbortError('in words'))).toBe('dial tcp4 192.0.2.1:1: in words')
})

const refusal = 'tls: failed to verify certificate: x509: certificate '

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by unknown authority'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'signed by unknown authority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'signed by unknown authority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'signed by unknown authority'],
  ['CERT_HAS_EXPIRED', 'has expired or is not yet valid'],
  ['CERT_NOT_YET_VALID', 'has expired or is not yet valid'],
])('a certificate with %s', (code, text) => {
  expect(reason(coded(code))).toBe(refusal + text)
})

test.each([
  ['a.example', 'DNS:localhost, DNS:b.example', 'localhost, b.example, not a.example'],
  ['192.0.2.1', 'IP Address:10.0.0.1, IP Address:10.0.0.2', '10.0.0.1, 10.0.0.2, not 192.0.2.1'],
])('a certificate that is not %s’s', (host, subjectaltname, text) => {
  const certificate = { subject: {}, subjectaltname } as PeerCertificate
  expect(reason(checkServerIdentity(host, certificate) as Error)).toBe(`${refusal}is valid for ${text}`)
})

test.each([
  ['wrong version number', 'first record does not look like a TLS handshake'],
  ['packet length too long', 'first record does not look like a TLS handshake'],
  ['http request', 'first record does not look like a TLS handshake'],
  ['alert handshake failure', 'alert handshake failure'],
])('what OpenSSL calls "%s"', (message, text) => {
  expect(reason(coded('EPROTO', message))).toBe(`tls: ${text}`)
})

test.each([
  ['/ip4/192.0.2.1/udp/1/quic', 'QUIC draft-29 has been removed, QUIC (RFC 9000) is accessible with /quic-v1'],
  ['/ip4/192.0.2.1/udp/1/quic-v1/webtransport', 'no transport for protocol: this daemon does not speak WebTransport'],
  ['/ip4/192.0.2.1/sctp/1', 'no transport for protocol'],
])('%s cannot be dialled', (address, text) => {
  expect(undialableReason(multiaddr(address))).toBe(text)
})
