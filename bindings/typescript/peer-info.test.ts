import { expect, test } from 'vitest'
import { fakeAddr, fakePeer } from './fake-daemon.ts'
import { promised, toMultiaddr, toPeerAddresses, toPeerId } from './peer-info.ts'

const protocolError = expect.objectContaining({ code: 'ERR_PROTOCOL' })

test('a peer id and its addresses survive the wire', () => {
  const info = toPeerAddresses({ id: fakePeer.toMultihash().bytes, addrs: [fakeAddr.bytes] })
  expect(info.peer.equals(fakePeer)).toBe(true)
  expect(info.addrs.map(String)).toEqual([fakeAddr.toString()])
})

test('a sha2-256 peer id is read too', () => {
  expect(toPeerId(Uint8Array.of(0x12, 32, ...new Uint8Array(32))).toString()).toMatch(/^Qm/)
})

test.each(['', '00', '1220ff', 'foobar', '002408011220'])('%j is no peer id', hex => {
  expect(() => toPeerId(Buffer.from(hex, 'hex'))).toThrow(protocolError)
})

test.each(['ffff', '2f666f6f', '047f'])('%j is no multiaddr', hex => {
  expect(() => toMultiaddr(Buffer.from(hex, 'hex'))).toThrow(protocolError)
})

test('a promised field that is missing is named', () => {
  expect(promised(0, 'a number')).toBe(0)
  expect(() => promised(null, 'an identify')).toThrow("expected an identify in the daemon's answer, got none")
})
