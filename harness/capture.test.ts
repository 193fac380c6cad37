import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { CAPTURE_FILE, capturePackets } from './capture.ts'
import { findExecutable } from './executable.ts'
import type { Player } from './scenario.ts'

const reason =
  (await findExecutable('tcpdump')) === undefined
    ? ' (skipped: tcpdump is not installed)'
    : process.getuid?.() === 0
      ? ''
      : ' (skipped: only root may capture)'

test.skipIf(reason)(`the last packet before the end of a capture is in it${reason}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-capture-'))
  const server = createServer(socket => socket.pipe(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const player = { addrs: [multiaddr(`/ip4/127.0.0.1/tcp/${port}`)] } as unknown as Player
  try {
    const capture = await capturePackets(folder, [player], { enter: [], networkInterface: 'lo' })
    const socket = connect(port, '127.0.0.1')
    socket.write('the last word')
    await once(socket, 'data')
    await capture[Symbol.asyncDispose]()
    expect((await readFile(join(folder, CAPTURE_FILE))).includes('the last word')).toBe(true)
    socket.destroy()
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
