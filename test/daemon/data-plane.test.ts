import { createHash, randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { DaemonStream } from '../../bindings/typescript/index.ts'
import { startDaemon, type TestDaemon } from './start.ts'

/** What a test sends in each direction; P2PD_TEST_BYTES asks for more, as in a run that is to find what is rare. */
const TOTAL = Number(process.env.P2PD_TEST_BYTES ?? 48 * 1024 * 1024)

const MEBIBYTE = 1024 * 1024
const PROTOCOL = '/test/data-plane/1.0.0'

/** Bytes are taken out of this at random places: making them anew would cost more than sending them. */
const POOL = randomBytes(4 * MEBIBYTE)

async function sendRandom(stream: DaemonStream): Promise<string> {
  const digest = createHash('sha256')
  for (let left = TOTAL; left > 0; ) {
    const from = randomInt(POOL.byteLength - 1)
    const bytes = POOL.subarray(from, from + Math.min(left, randomInt(1, 300_000)))
    digest.update(bytes)
    left -= bytes.byteLength
    if (!stream.write(bytes)) await once(stream, 'drain')
  }
  stream.end()
  return digest.digest('hex')
}

/** Reads to the end, now and then not reading at all for a while. */
async function receiveWithStalls(stream: DaemonStream): Promise<string> {
  const digest = createHash('sha256')
  let untilStall = randomInt(TOTAL / 4)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    digest.update(chunk)
    untilStall -= chunk.byteLength
    if (untilStall > 0) continue
    untilStall = randomInt(TOTAL / 4)
    // to stall is what is tested: nothing is waited for
    await sleep(randomInt(400))
  }
  return digest.digest('hex')
}

async function residentBytes({ process }: TestDaemon): Promise<number> {
  const status = await readFile(`/proc/${process.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

test.each([
  ['this daemon’s own parts', '', []],
  ['js-libp2p’s noise', 'noise', []],
  ['js-libp2p’s yamux', 'yamux', []],
  ['js-libp2p’s TCP', 'tcp', []],
  ['this daemon’s own TLS', '', ['-noise=false']],
  ['js-libp2p’s TLS', 'tls', ['-noise=false']],
])(
  'with %s on one side, bytes arrive unharmed in both directions at once, and memory stays bounded',
  {
    timeout: 600_000,
  },
  async (_title, stock, flags) => {
    await using listener = await startDaemon(flags)
    await using dialer = await startDaemon(stock === '' ? flags : [...flags, '-stock', stock])
    const accepted = Promise.withResolvers<DaemonStream>()
    await listener.client.handle(PROTOCOL, stream => accepted.resolve(stream))
    await dialer.client.connect(listener.peer, listener.addrs)
    const local = await dialer.client.openStream(listener.peer, PROTOCOL)
    const remote = await accepted.promise
    const [up, down, received, returned] = await Promise.all([
      sendRandom(local),
      sendRandom(remote),
      receiveWithStalls(remote),
      receiveWithStalls(local),
    ])
    expect([received, returned]).toEqual([up, down])
    // two windows of 16 MiB in each direction, and the processes themselves
    for (const daemon of [listener, dialer]) expect(await residentBytes(daemon)).toBeLessThan(320 * MEBIBYTE)
  },
)
