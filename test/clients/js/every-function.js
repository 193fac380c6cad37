import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import test from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@libp2p/daemon-client'
import { PSRequest, Request, Response } from '@libp2p/daemon-protocol'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'

/**
 * Calls every function of @libp2p/daemon-client on three daemons that are running.
 *
 * P2PD_A, P2PD_B and P2PD_C are their control multiaddrs. Each listens for peers, serves the DHT, has pubsub enabled, and
 * knows nothing of the others.
 */

const DEADLINE = 10_000
const INTERVAL = 10
const PAYLOAD = randomBytes(1 << 20)

/** The client's functions that have been called. */
const played = []

function play(name, run) {
  played.push(name)
  test(name, { timeout: 30_000 }, run)
}

/** js multiaddrs write a Unix path as one part, with its slashes escaped. */
function controlAddress(name) {
  const text = process.env[`P2PD_${name}`]
  return multiaddr(text.startsWith('/unix') ? `/unix/${encodeURIComponent(text.slice('/unix'.length))}` : text)
}

const clients = ['A', 'B', 'C'].map(name => createClient(controlAddress(name)))
const daemons = await Promise.all(clients.map(async client => ({ client, ...(await client.identify()) })))
const [a, b, c] = daemons

async function eventually(what, condition) {
  const end = performance.now() + DEADLINE
  while (!(await condition())) {
    assert(performance.now() < end, `gave up waiting for ${what}`)
    await delay(INTERVAL)
  }
}

const connectedIds = async ({ client }) => (await client.listPeers()).map(String)

/** The client cannot disconnect; the daemons can. */
async function disconnectAll() {
  await eventually('all connections to be closed', async () => {
    for (const { client } of daemons) {
      for (const peer of await client.listPeers()) {
        const reply = await client.send({
          type: Request.Type.DISCONNECT,
          disconnect: { peer: peer.toMultihash().bytes },
        })
        await reply.read(Response)
        await reply.unwrap().close()
      }
    }
    const peers = await Promise.all(daemons.map(connectedIds))
    return peers.flat().length === 0
  })
}

test.beforeEach(disconnectAll)

/** A and C have only B in common. */
async function chain() {
  await a.client.connect(b.peerId, b.addrs)
  await c.client.connect(b.peerId, b.addrs)
  await eventually('the routing tables to be filled', () => succeeds(a.client.dht.findPeer(c.peerId)))
}

const succeeds = promise =>
  promise.then(
    () => true,
    () => false,
  )

async function collect(values) {
  const all = []
  for await (const value of values) all.push(value)
  return all
}

const multihash = digest => Uint8Array.from([0x12, 32, ...digest])
const stranger = () => peerIdFromMultihash(Digest.decode(multihash(randomBytes(32))))
const newName = () => `/daemon-client/${randomUUID()}`
const newContent = () => CID.createV1(0x55, Digest.decode(multihash(randomBytes(32))))

/** A value that a DHT accepts from anybody: a public key under the hash that names it. */
function keyRecord() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  // type 0, RSA, and the key of 294 bytes
  const value = Uint8Array.from([8, 0, 0x12, (der.length & 0x7f) | 0x80, der.length >> 7, ...der])
  const digest = createHash('sha256').update(value).digest()
  return { key: Uint8Array.from([...Buffer.from('/pk/'), ...multihash(digest)]), value }
}

/** Reads a stream of the client, which is a socket, until so many bytes have come. */
async function readExactly(stream, length) {
  const chunks = []
  for await (const chunk of stream) {
    chunks.push(chunk.subarray())
    if (chunks.reduce((sum, { byteLength }) => sum + byteLength, 0) >= length) break
  }
  return Buffer.concat(chunks)
}

async function send(stream, bytes) {
  for (let offset = 0; offset < bytes.length; offset += 65_536) {
    if (!stream.send(bytes.subarray(offset, offset + 65_536))) await stream.onDrain()
  }
}

play('connectDaemon', async () => {
  const connection = await a.client.connectDaemon()
  await connection.close()
  await assert.rejects(createClient(multiaddr('/ip4/127.0.0.1/tcp/1')).connectDaemon())
})

play('identify', () => {
  assert.equal(new Set(daemons.map(({ peerId }) => String(peerId))).size, 3)
  for (const { addrs } of daemons) {
    assert(addrs.length > 0)
    for (const address of addrs) assert.doesNotMatch(String(address), /\/p2p\//)
  }
})

play('connect', async () => {
  await a.client.connect(b.peerId, b.addrs)
  assert.deepEqual(await connectedIds(a), [String(b.peerId)])
  await b.client.connect(a.peerId, [])
  await assert.rejects(a.client.connect(stranger(), b.addrs), /failed to dial/)
  await assert.rejects(a.client.connect(stranger(), []), { name: 'OperationFailedError' })
})

play('listPeers', async () => {
  assert.deepEqual(await a.client.listPeers(), [])
  await a.client.connect(b.peerId, b.addrs)
  assert.deepEqual(await connectedIds(a), [String(b.peerId)])
  await eventually('the listener to list the dialer', async () => (await connectedIds(b)).includes(String(a.peerId)))
})

play('send', async () => {
  const reply = await a.client.send({
    type: Request.Type.PUBSUB,
    pubsub: { type: PSRequest.Type.LIST_PEERS },
  })
  const { type, error } = await reply.read(Response)
  assert.equal(type, Response.Type.ERROR)
  assert.equal(error.msg, 'Malformed request; missing topic parameter')
  await reply.unwrap().close()
})

play('openStream', async () => {
  await a.client.connect(b.peerId, b.addrs)
  const protocol = newName()
  await assert.rejects(
    a.client.openStream(b.peerId, protocol),
    new RegExp(`protocols not supported: \\[${protocol}\\]`),
  )
  await assert.rejects(a.client.openStream(stranger(), protocol), { name: 'OperationFailedError' })
  await b.client.registerStreamHandler(protocol, async stream => {
    await send(stream, await readExactly(stream, PAYLOAD.length))
  })
  const stream = await a.client.openStream(b.peerId, protocol)
  const [echoed] = await Promise.all([readExactly(stream, PAYLOAD.length), send(stream, PAYLOAD)])
  assert(PAYLOAD.equals(echoed))
  await stream.close()
})

play('registerStreamHandler', async () => {
  await a.client.connect(b.peerId, b.addrs)
  // the second replaces the first, and both a handler of the daemon's own
  for (const answer of ['the first', 'the second']) {
    await b.client.registerStreamHandler('/echo/1.0.0', stream => send(stream, Buffer.from(answer)))
    const stream = await a.client.openStream(b.peerId, '/echo/1.0.0')
    assert.equal(String(await readExactly(stream, answer.length)), answer)
    await stream.close()
  }
})

play('dht.findPeer', async () => {
  await chain()
  const { id, multiaddrs } = await a.client.dht.findPeer(c.peerId)
  assert(id.equals(c.peerId))
  const own = c.addrs.map(String)
  assert(multiaddrs.length > 0)
  for (const address of multiaddrs) assert(own.includes(String(address)), `${address} is none of ${own}`)
  await assert.rejects(a.client.dht.findPeer(stranger()), /routing: not found/)
})

play('dht.getPublicKey', async () => {
  await chain()
  const key = await a.client.dht.getPublicKey(c.peerId)
  assert.deepEqual(Buffer.from(key), Buffer.from(c.peerId.toMultihash().digest))
  await assert.rejects(a.client.dht.getPublicKey(stranger()), { name: 'OperationFailedError' })
})

play('dht.put', async () => {
  await chain()
  const { key, value } = keyRecord()
  await a.client.dht.put(key, value)
  assert.deepEqual(Buffer.from(await c.client.dht.get(key)), Buffer.from(value))
  await assert.rejects(a.client.dht.put(Buffer.from('/nope/key'), value), /invalid record keytype/)
  await assert.rejects(a.client.dht.put(key, Buffer.from('nonsense')), { name: 'ProtocolError' })
})

play('dht.get', async () => {
  await chain()
  const { key, value } = keyRecord()
  await assert.rejects(a.client.dht.get(key), /routing: not found/)
  await c.client.dht.put(key, value)
  assert.deepEqual(Buffer.from(await a.client.dht.get(key)), Buffer.from(value))
})

play('dht.provide', async () => {
  await chain()
  const content = newContent()
  await a.client.dht.provide(content)
  const [provider, ...others] = await collect(c.client.dht.findProviders(content, 10))
  assert(provider.id.equals(a.peerId))
  assert.equal(others.length, 0)
})

play('dht.findProviders', async () => {
  await chain()
  const content = newContent()
  assert.deepEqual(await collect(a.client.dht.findProviders(content, 10)), [])
  for (const { client } of [b, c]) await client.dht.provide(content)
  const found = (await collect(a.client.dht.findProviders(content, 10))).map(({ id }) => String(id))
  assert.deepEqual(found.sort(), [b, c].map(({ peerId }) => String(peerId)).sort())
  assert.equal((await collect(a.client.dht.findProviders(content))).length, 1)
})

play('dht.getClosestPeers', async () => {
  await chain()
  const found = (await collect(a.client.dht.getClosestPeers(Buffer.from('a key')))).map(({ id }) => String(id))
  assert.deepEqual(found.sort(), [b, c].map(({ peerId }) => String(peerId)).sort())
  await assert.rejects(collect(a.client.dht.getClosestPeers(new Uint8Array(0))), { name: 'OperationFailedError' })
})

play('pubsub.getTopics', async () => {
  const topic = newName()
  assert(!(await a.client.pubsub.getTopics()).includes(topic))
  const subscription = await a.client.pubsub.subscribe(topic)
  assert((await a.client.pubsub.getTopics()).includes(topic))
  await subscription.cancel()
  await eventually('the topic to be left', async () => !(await a.client.pubsub.getTopics()).includes(topic))
})

play('pubsub.getSubscribers', async () => {
  await chain()
  const topic = newName()
  assert.deepEqual(await a.client.pubsub.getSubscribers(topic), [])
  const subscriptions = await Promise.all([a, b].map(({ client }) => client.pubsub.subscribe(topic)))
  await eventually('the other to be listed', async () => {
    const ids = await a.client.pubsub.getSubscribers(topic)
    return ids.some(id => id.equals(b.peerId)) && !ids.some(id => id.equals(a.peerId))
  })
  for (const subscription of subscriptions) await subscription.cancel()
})

play('pubsub.publish', async () => {
  const topic = newName()
  await a.client.pubsub.publish(topic, Buffer.from('to nobody'))
  const subscription = await a.client.pubsub.subscribe(topic)
  const messages = subscription.messages()
  for (const data of [Buffer.from('to myself'), PAYLOAD.subarray(0, 100_000)]) {
    await a.client.pubsub.publish(topic, data)
    const { value } = await messages.next()
    assert(data.equals(value.data))
    assert.deepEqual(value.topicIDs, [topic])
    assert.deepEqual(Buffer.from(value.from), Buffer.from(a.peerId.toMultihash().bytes))
  }
  await subscription.cancel()
})

play('pubsub.subscribe', async () => {
  await chain()
  const topic = newName()
  const subscriptions = await Promise.all(daemons.map(({ client }) => client.pubsub.subscribe(topic)))
  const streams = subscriptions.map(subscription => subscription.messages())
  // nothing says when the mesh is built but the first message that arrives
  const first = streams[2].next()
  const arrived = first.then(() => true)
  while (!(await Promise.race([arrived, delay(100, false)]))) {
    await a.client.pubsub.publish(topic, Buffer.from('hello'))
  }
  for (let number = 0; number < 20; number++) {
    const data = `message ${number}`
    await a.client.pubsub.publish(topic, Buffer.from(data))
    for (const stream of streams) {
      let message
      do message = (await stream.next()).value
      while (String(Buffer.from(message.data)) === 'hello')
      assert.equal(String(Buffer.from(message.data)), data)
      assert.equal(message.seqno.length, 8)
      assert(message.signature.length > 0)
    }
  }
  for (const subscription of subscriptions) await subscription.cancel()
})

play('everyFunctionHasATest', () => {
  const functions = (object, prefix) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(object))
      .filter(name => name !== 'constructor' && name !== 'onConnection')
      .map(name => prefix + name)
  const { client } = a
  const all = [...functions(client, ''), ...functions(client.dht, 'dht.'), ...functions(client.pubsub, 'pubsub.')]
  assert.deepEqual(
    all.filter(name => !played.includes(name)),
    [],
  )
})
