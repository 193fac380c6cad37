import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient } from '@libp2p/daemon-client'
import {
  connectInteropTests,
  dhtInteropTests,
  pubsubInteropTests,
  relayInteropTests,
  streamInteropTests,
  UnsupportedError,
} from '@libp2p/interop'
import { multiaddr } from '@multiformats/multiaddr'

/**
 * The suites of @libp2p/interop, for mocha: `P2PD_INTEROP` names one, and `P2PD_js` and `P2PD_go` are the executables of
 * the two daemons that it plays with each other. Both are started in the same way: that is what is tried here.
 */

const READY_WITHIN = 15_000
const TRANSPORTS = { tcp: '/ip4/127.0.0.1/tcp/0' }

function flags({ key, encryption, dht, pubsub, pubsubRouter, muxer, relay, noListen, transport = 'tcp' }) {
  const hostAddrs = TRANSPORTS[transport]
  // js-libp2p can listen on neither of the others in Node.js without more packages
  if (hostAddrs === undefined) throw new UnsupportedError(transport)
  const only = name => `-${name}=${encryption === name}`
  return [
    ...(noListen ? ['-noListenAddrs'] : ['-hostAddrs', hostAddrs]),
    ...(key ? ['-id', key] : []),
    ...(encryption ? ['noise', 'tls', 'plaintext'].map(only) : []),
    ...(dht ? ['-dhtServer'] : []),
    ...(pubsub ? ['-pubsub', '-pubsubRouter', pubsubRouter] : []),
    ...(muxer ? ['-muxer', muxer] : []),
    ...(relay ? ['-relay'] : []),
  ]
}

async function start(options) {
  const args = flags(options)
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-interop-'))
  const listen = `/unix${folder}/control.sock`
  const daemon = spawn(process.env[`P2PD_${options.type}`], ['-listen', listen, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise(resolve => daemon.once('exit', resolve))
  const stop = async () => {
    daemon.kill()
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await readUntil(daemon.stdout, line => line.startsWith('Peer Addrs:'))
  } catch (error) {
    await stop()
    throw error
  }
  // js multiaddrs write a Unix path as one part, with its slashes escaped
  return { client: createClient(multiaddr(`/unix/${encodeURIComponent(join(folder, 'control.sock'))}`)), stop }
}

async function readUntil(stream, isLast) {
  const timeout = setTimeout(() => stream.destroy(new Error('the daemon does not say that it is ready')), READY_WITHIN)
  try {
    for await (const line of createInterface({ input: stream })) if (isLast(line)) return
    throw new Error('the daemon ended before it was ready')
  } finally {
    clearTimeout(timeout)
  }
}

const SUITES = {
  connect: connectInteropTests,
  dht: dhtInteropTests,
  pubsub: pubsubInteropTests,
  relay: relayInteropTests,
  stream: streamInteropTests,
}

await SUITES[process.env.P2PD_INTEROP]({ spawn: start })
