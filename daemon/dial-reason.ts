import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { errnoText } from './errno.ts'
import { lacksDescriptors } from './limits/descriptors.ts'
import { formatHostAndPort, hostAndPort, shapeOf } from './transports/address.ts'

/** What an attempt that took too long fails with; go has other words where it is not a system call that waits. */
export const ATTEMPT_TIMEOUT = 'i/o timeout'

/** Translates why one address failed into what go says of the same failure. */
export function dialReason(error: unknown, address: Multiaddr, peer: PeerId): string {
  const { name, message, code, syscall } = error as NodeJS.ErrnoException
  const tls = tlsReason(code, message)
  if (tls !== undefined) return tls
  if (lacksDescriptors(error)) return `dial ${dialTarget(address)}: socket: ${errnoText(error)}`
  if (syscall !== undefined) return `dial ${dialTarget(address)}: ${syscall}: ${errnoText(error)}`
  switch (name) {
    case 'EncryptionFailedError':
      return `failed to negotiate security protocol: ${securityReason(message, peer)}`
    case 'CircuitError':
    case 'WebSocketHandshakeError':
    case 'MissingPackageError':
      return message
    case 'UnexpectedPeerError':
      return `failed to negotiate security protocol: ${message}`
    case 'MuxerUnavailableError':
      return `failed to negotiate stream multiplexer: ${negotiationReason(message)}`
  }
  if (message === ATTEMPT_TIMEOUT && /quic|tls|wss/.test(shapeOf(address))) return 'context deadline exceeded'
  return `dial ${dialTarget(address)}: ${message}`
}

/** Why there is nothing to dial the address with. */
export function undialableReason(address: Multiaddr): string {
  const shape = shapeOf(address)
  if (shape.endsWith('/quic')) return 'QUIC draft-29 has been removed, QUIC (RFC 9000) is accessible with /quic-v1'
  const none = 'no transport for protocol'
  return shape.includes('webtransport') ? `${none}: this daemon does not speak WebTransport` : none
}

/** go's words for a peer that is not the one expected. */
export function peerMismatch(expected: string, actual: string): string {
  return `peer id mismatch: expected ${expected}, but remote key matches ${actual}`
}

const WRONG_NAME = /^.*(?:Host: (\S+)\.|IP: (\S+)) is not in the cert's (?:altnames|list): (.*)$/

/** OpenSSL's errors; undefined for any other. */
function tlsReason(code: string | undefined, message: string): string | undefined {
  const refused = 'tls: failed to verify certificate: x509: '
  switch (code) {
    case 'EPROTO':
      return /wrong version number|packet length too long|http request/.test(message)
        ? 'tls: first record does not look like a TLS handshake'
        : `tls: ${message}`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `${refused}certificate signed by unknown authority`
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `${refused}certificate has expired or is not yet valid`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `${refused}${message.replace(WRONG_NAME, (_, host, ip, names: string) => `certificate is valid for ${names.replaceAll(/DNS:|IP Address:/g, '')}, not ${host ?? ip}`)}`
    default:
      return undefined
  }
}

function securityReason(message: string, peer: PeerId): string {
  const key = /^Payload identity key (\S+) does not match/.exec(message)?.[1]
  if (key !== undefined) return peerMismatch(peer.toString(), key)
  if (message === 'Unexpected Peer') return `peer id mismatch: expected ${peer}, but remote key does not match`
  return negotiationReason(message)
}

function negotiationReason(message: string): string {
  const offered = /could not negotiate (\S*)$/.exec(message)?.[1]
  return offered === undefined ? message : `protocols not supported: [${offered.replaceAll(',', ' ')}]`
}

/** go's library for WebSockets dials without saying which version of IP it wants. */
function dialTarget(address: Multiaddr): string {
  const { family } = hostAndPort(address)
  const [, port] = address.getComponents()
  const version = /\/(ws|wss)$/.test(shapeOf(address)) || family === 'dns' ? '' : family
  return `${port?.name ?? ''}${version} ${formatHostAndPort(hostAndPort(address))}`
}
