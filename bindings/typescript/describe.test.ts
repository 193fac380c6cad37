import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { DHTRequest, DHTResponse, decode, PSRequest, Request, Response } from '../../proto/codec.ts'
import { encodeAddress, parseAddress } from './address.ts'
import { describeMessage } from './describe.ts'
import { fakeAddr, fakePeer, fakeStreamInfo } from './fake-daemon.ts'

const peer = fakePeer.toMultihash().bytes

test('peer ids, addresses and types are readable, and unset fields are left out', () => {
  const connect = { peer, addrs: [fakeAddr.bytes, multiaddr(`/dns4/a/tcp/1/p2p/${fakePeer}`).bytes], timeout: null }
  expect(describeMessage('Request', { type: Request.Type.CONNECT, connect })).toEqual({
    type: 'CONNECT',
    connect: { peer: fakePeer.toString(), addrs: [fakeAddr.toString(), `/dns4/a/tcp/1/p2p/${fakePeer}`] },
  })
  expect(describeMessage('StreamInfo', fakeStreamInfo('/echo'))).toEqual({
    peer: fakePeer.toString(),
    addr: fakeAddr.toString(),
    proto: '/echo',
  })
  const streamHandler = { addr: encodeAddress(parseAddress('/unix/tmp/x.sock')), proto: ['/a', '/b'] }
  expect(describeMessage('Request', { type: Request.Type.STREAM_HANDLER, streamHandler })).toEqual({
    type: 'STREAM_HANDLER',
    streamHandler: { addr: '/unix/tmp/x.sock', proto: ['/a', '/b'] },
  })
})

test('the types of sub-messages are named after what they are in', () => {
  const dht = { type: DHTRequest.Type.GET_VALUE, key: Buffer.from('key') }
  expect(describeMessage('Request', { type: Request.Type.DHT, dht })).toEqual({
    type: 'DHT',
    dht: { type: 'GET_VALUE', key: '3 bytes 6b6579' },
  })
  expect(describeMessage('Response', { type: Response.Type.OK, dht: { type: DHTResponse.Type.BEGIN } })).toEqual({
    type: 'OK',
    dht: { type: 'BEGIN' },
  })
  expect(describeMessage('DHTResponse', { type: DHTResponse.Type.VALUE, peer: { id: peer, addrs: [] } })).toEqual({
    type: 'VALUE',
    peer: { id: fakePeer.toString() },
  })
  const pubsub = { type: PSRequest.Type.SUBSCRIBE, topic: 'news' }
  expect(describeMessage('Request', { type: Request.Type.PUBSUB, pubsub })).toEqual({
    type: 'PUBSUB',
    pubsub: { type: 'SUBSCRIBE', topic: 'news' },
  })
})

test('decoded messages look like those that were built', () => {
  expect(describeMessage('Request', decode(Request, Uint8Array.of(8, 5)))).toEqual({ type: 'LIST_PEERS' })
  expect(describeMessage('Request', decode(Request, Uint8Array.of(8, 99)))).toEqual({ type: 99 })
})

test('what is no peer id or address is shown as bytes', () => {
  const connect = { peer: Buffer.from('foobar'), addrs: [Uint8Array.of(255, 255)] }
  expect(describeMessage('Request', { type: Request.Type.CONNECT, connect })).toEqual({
    type: 'CONNECT',
    connect: { peer: '6 bytes 666f6f626172', addrs: ['2 bytes ffff'] },
  })
})

test('long bytes are cut, empty ones are not padded', () => {
  expect(describeMessage('bytes', { bytes: new Uint8Array(33) })).toEqual({ bytes: `33 bytes ${'00'.repeat(32)}…` })
  expect(describeMessage('bytes', { bytes: new Uint8Array(0) })).toEqual({ bytes: '0 bytes' })
})
