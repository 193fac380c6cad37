import { generateKeyPairSync as generateEcKey, X509Certificate } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { connect, TLSSocket } from 'node:tls'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { MessageStream, PrivateKey, SecuredConnection } from '@libp2p/interface'
import { defaultLogger } from '@libp2p/logger'
import { peerIdFromPrivateKey, peerIdFromString } from '@libp2p/peer-id'
import { tls as stockTls } from '@libp2p/tls'
import { multiaddrConnectionPair } from '@libp2p/utils'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { certify, createCertificate, type Statement, writeExtension } from './certificate.ts'
import { Tag, writeOid, writeValue } from './der.ts'
import { toDuplex } from './duplex.ts'
import { signKey } from './signed-key.ts'
import { tls } from './tls.ts'
import { verifyCertificate } from './verify-certificate.ts'

const PATIENCE = 10_000
const YAMUX = '/yamux/1.0.0'
const MPLEX = '/mplex/6.7.0'

const upgrader = (muxers: readonly string[]) => ({
  getStreamMuxers: () => new Map(muxers.map(name => [name, { protocol: name }])),
})
const components = (privateKey: PrivateKey, muxers: readonly string[] = []) =>
  ({ privateKey, upgrader: upgrader(muxers), logger: defaultLogger() }) as never
const ours = tls()
const stock = stockTls()

interface Secured {
  readonly dialer: SecuredConnection
  readonly listener: SecuredConnection
}

async function shakeHands(
  { key, muxers = [], make = ours }: { key: PrivateKey; muxers?: readonly string[]; make?: typeof ours },
  other: { key: PrivateKey; muxers?: readonly string[]; make?: typeof ours },
): Promise<Secured> {
  const [outbound, inbound] = multiaddrConnectionPair()
  const signal = AbortSignal.timeout(PATIENCE)
  const [dialer, listener] = await Promise.all([
    make(components(key, muxers)).secureOutbound(outbound, { signal, remotePeer: peerIdFromPrivateKey(other.key) }),
    (other.make ?? ours)(components(other.key, other.muxers)).secureInbound(inbound, { signal }),
  ])
  return { dialer, listener }
}

const ed25519 = await generateKeyPair('Ed25519')
const secp256k1 = await generateKeyPair('secp256k1')
const rsa = await generateKeyPair('RSA', 2048)
const keys = { ed25519, secp256k1, rsa }

async function received(connection: MessageStream): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of connection) chunks.push(chunk.subarray())
  return Buffer.concat(chunks)
}

for (const [name, make, other] of [
  ['with itself', ours, ours],
  ['dialling js-libp2p’s', ours, stock],
  ['dialled by js-libp2p’s', stock, ours],
] as const) {
  test.for(Object.entries(keys))(`knows who the other side is, ${name}: %s`, async ([, key]) => {
    const { dialer, listener } = await shakeHands(
      { key, make: make as typeof ours },
      { key, make: other as typeof ours },
    )
    expect(dialer.remotePeer.toString()).toBe(peerIdFromPrivateKey(key).toString())
    expect(listener.remotePeer.toString()).toBe(peerIdFromPrivateKey(key).toString())
  })

  test(`all that is sent arrives before the end, ${name}`, async () => {
    const both = await shakeHands({ key: ed25519, make: make as typeof ours }, { key: rsa, make: other as typeof ours })
    // js-libp2p's own forgets at its end what waits in it
    const [sender, receiver] = make === ours ? [both.dialer, both.listener] : [both.listener, both.dialer]
    const data = Buffer.alloc(3 * 1024 * 1024, 'some bytes')
    const all = received(receiver.connection)
    for (let at = 0; at < data.length; at += 100_000) {
      if (!sender.connection.send(data.subarray(at, at + 100_000))) await sender.connection.onDrain()
    }
    await sender.connection.close()
    expect((await all).equals(data)).toBe(true)
  })
}

test.for([
  { dialer: [YAMUX, MPLEX], listener: [MPLEX, YAMUX], agreed: YAMUX },
  { dialer: [MPLEX], listener: [YAMUX, MPLEX], agreed: MPLEX },
  { dialer: [MPLEX], listener: [YAMUX], agreed: undefined },
  { dialer: [], listener: [YAMUX], agreed: undefined },
])('the muxer is the one that the dialer likes best: $dialer, $listener', async ({ dialer, listener, agreed }) => {
  for (const make of [ours, stock as typeof ours]) {
    const secured = await shakeHands({ key: ed25519, muxers: dialer, make }, { key: rsa, muxers: listener })
    expect([secured.dialer.streamMuxer?.protocol, secured.listener.streamMuxer?.protocol]).toEqual([agreed, agreed])
  }
})

test('another peer than the one expected is refused, whatever kind its id is', async () => {
  for (const [real, wanted] of [
    [rsa, await generateKeyPair('RSA', 2048)],
    [ed25519, secp256k1],
    [secp256k1, rsa],
  ] as const) {
    const [outbound, inbound] = multiaddrConnectionPair()
    const listening = tls()(components(real)).secureInbound(inbound, { signal: AbortSignal.timeout(PATIENCE) })
    listening.catch(() => {})
    // as from an address, without its key
    const remotePeer = peerIdFromString(peerIdFromPrivateKey(wanted).toString())
    const dialling = tls()(components(ed25519)).secureOutbound(outbound, { remotePeer })
    await expect(dialling).rejects.toMatchObject({ name: 'UnexpectedPeerError' })
    expect(outbound.status).toBe('aborted')
  }
})

/** An extension that nobody has heard of. */
const unknown = (critical: boolean): Uint8Array =>
  writeValue(
    Tag.sequence,
    writeOid('1.2.3.4.5'),
    ...(critical ? [writeValue(Tag.boolean, Uint8Array.of(0xff))] : []),
    writeValue(Tag.octetString, Buffer.from('x')),
  )

const HOUR = 60 * 60 * 1_000

/** A certificate of a fresh key; the extensions are made of what says that it is the identity's. */
async function forge(
  arrange: (own: Uint8Array) => readonly Uint8Array[] = own => [own],
  { key = ed25519, ...more }: { key?: PrivateKey } & Partial<Statement> = {},
): Promise<Buffer> {
  const { publicKey, privateKey } = generateEcKey('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const validity = { notBefore: Date.now() - HOUR, notAfter: Date.now() + HOUR, ...more }
  const extensions = arrange(writeExtension(await signKey(key, spki)))
  return new X509Certificate(certify(privateKey, spki, { ...validity, extensions }).cert).raw
}

test('the extension is found wherever it stands', async () => {
  const self = peerIdFromPrivateKey(ed25519)
  const arrangements: ((own: Uint8Array) => Uint8Array[])[] = [
    own => [unknown(false), own],
    own => [own, unknown(false)],
    own => [unknown(false), unknown(false), own, unknown(false)],
  ]
  for (const arrange of arrangements) {
    expect((await verifyCertificate(await forge(arrange), self)).toString()).toBe(self.toString())
  }
})

const stranger = writeExtension(await signKey(rsa, Buffer.from('the key of another certificate')))
test.for<[string, Promise<Buffer>, string]>([
  ['expired', forge(undefined, { notAfter: Date.now() - HOUR / 2 }), 'certificate has expired'],
  ['of tomorrow', forge(undefined, { notBefore: Date.now() + HOUR / 2 }), 'certificate is not yet valid'],
  ['without the extension', forge(() => [unknown(false)]), 'expected certificate to contain the key extension'],
  ['with two of them', forge(own => [own, stranger]), 'several key extensions'],
  ['with another certificate’s', forge(() => [stranger]), 'signature invalid'],
  ['with an empty one', forge(() => [writeExtension(Buffer.of())]), 'unmarshalling signed certificate failed'],
  ['with a critical one that nobody knows', forge(own => [own, unknown(true)]), 'unknown critical extension'],
])('a certificate %s is refused', async ([, certificate, message]) => {
  const refused = expect(verifyCertificate(await certificate, undefined)).rejects
  await refused.toMatchObject({ name: 'InvalidCryptoExchangeError', message: expect.stringContaining(message) })
})

test('a certificate that was changed is refused: it is not signed by itself any more', async () => {
  const raw = await forge()
  const at = raw.length - 5
  raw.writeUInt8(raw.readUInt8(at) ^ 1, at)
  await expect(verifyCertificate(raw, undefined)).rejects.toThrow('not signed by itself')
})

test('whatever stands in a certificate is refused or read, and never a fault', { timeout: 60_000 }, async () => {
  const raw = await forge()
  const damages = fc.array(fc.tuple(fc.nat(raw.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(damages, async damage => {
      const copy = Buffer.from(raw)
      for (const [at, byte] of damage) copy[at] = byte
      const outcome = await verifyCertificate(copy, undefined).then(String, error => error.name)
      expect([peerIdFromPrivateKey(ed25519).toString(), 'InvalidCryptoExchangeError']).toContain(outcome)
    }),
    { numRuns: 300 },
  )
})

test('whatever stands in the extension is refused', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async content => {
      const certificate = await forge(() => [writeExtension(content)])
      const outcome = await verifyCertificate(certificate, undefined).then(String, error => error.name)
      expect(outcome).toBe('InvalidCryptoExchangeError')
    }),
    { numRuns: 100 },
  )
})

const quiet = (socket: TLSSocket): void => void socket.on('error', () => {})

/** What is said of somebody who does not keep the rules. */
async function refusal(
  play: (connection: MessageStream) => void,
  { signal = AbortSignal.timeout(PATIENCE), dial = false } = {},
): Promise<string> {
  const [outbound, inbound] = multiaddrConnectionPair()
  const encrypter = ours(components(ed25519))
  const securing = dial ? encrypter.secureOutbound(inbound, { signal }) : encrypter.secureInbound(inbound, { signal })
  play(outbound)
  const outcome = await securing.then(
    () => 'accepted',
    error => `${error.name}: ${error.message}`,
  )
  expect(inbound.status).not.toBe('open')
  return outcome
}

test('who has no certificate, speaks an older TLS or nonsense, or offers no libp2p, is refused', async () => {
  const certified = await createCertificate(ed25519)
  const options = { rejectUnauthorized: false, ALPNProtocols: ['libp2p'] }
  const dial = (more: object) => (connection: MessageStream) =>
    quiet(connect({ socket: toDuplex(connection), ...options, ...more }))
  expect(await refusal(dial({}))).toContain('the other side has no certificate')
  expect(await refusal(dial({ ...certified, maxVersion: 'TLSv1.2' }))).toMatch(/unsupported protocol|version/i)
  expect(await refusal(dial({ ...certified, ALPNProtocols: ['h2'] }))).toMatch(/alpn|application protocol/i)
  expect(await refusal(connection => connection.send(Buffer.from('GET / HTTP/1.1\r\n\r\n')))).toMatch(/Error/)
  expect(await refusal(connection => void connection.close())).toMatch(/hung up/)
  expect(await refusal(connection => connection.abort(new Error('gone')))).toMatch(/Error/)
  expect(await refusal(() => {}, { signal: AbortSignal.timeout(100) })).toContain('TimeoutError')
})

test('more than one certificate is refused, by both sides', async () => {
  const [first, second] = await Promise.all([createCertificate(ed25519), createCertificate(ed25519)])
  const options = { cert: first.cert + second.cert, key: first.key, rejectUnauthorized: false }
  const dial = (socket: Duplex) => connect({ socket, ...options, ALPNProtocols: ['libp2p'] })
  const listen = (socket: Duplex) => new TLSSocket(socket, { ...options, isServer: true, requestCert: true })
  const expected = 'InvalidCryptoExchangeError: expected one certificate in the chain'
  expect(await refusal(connection => quiet(dial(toDuplex(connection))))).toBe(expected)
  expect(await refusal(connection => quiet(listen(toDuplex(connection))), { dial: true })).toBe(expected)
})
