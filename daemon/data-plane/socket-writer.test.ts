import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Uint8ArrayList } from 'uint8arraylist'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { Disposal } from './disposal.ts'
import { SocketWriter } from './socket-writer.ts'

const WAIT = { deadline: 5_000, interval: 1 }

async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [other] = (await once(server, 'connection')) as [Socket]
  onTestFinished(() => {
    socket.destroy()
    other.destroy()
    server.close()
  })
  return [socket, other]
}

/** Bytes that are all of their buffer. */
function whole(length: number): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(length))
  bytes.set(randomBytes(length))
  return bytes
}

test('memory is given back when the bytes have left and not before, and all of them arrive', async () => {
  const [socket, other] = await socketPair()
  const disposal = new Disposal()
  const writer = new SocketWriter(socket, disposal)
  const written: Buffer[] = []
  const expected: Buffer[] = []
  const write = (...parts: Buffer[]): boolean => {
    for (const part of parts) disposal.track(part)
    written.push(...parts.filter(({ byteLength }) => byteLength >= 4_096))
    expected.push(...parts.map(part => Buffer.from(part)))
    return writer.write(parts.length === 1 ? (parts[0] as Buffer) : new Uint8ArrayList(...parts))
  }

  // until more is written than the system keeps for a reader who does not read
  while (write(whole(2), whole(65_506), whole(16), whole(9_000)));
  write(whole(65_506))
  expect(socket.writableLength).toBeGreaterThan(0)
  expect(written.at(-1)?.byteLength).toBe(65_506)
  write(...Array.from({ length: 40 }, () => whole(30)))

  const got: Buffer[] = []
  other.on('data', (bytes: Buffer) => got.push(bytes))
  await until(() => written.every(({ byteLength }) => byteLength === 0), { ...WAIT, what: 'all memory given back' })
  socket.end()
  await once(other, 'end')
  expect(Buffer.concat(got).equals(Buffer.concat(expected))).toBe(true)
})

test('what a destroyed socket may still be sending is left alone', async () => {
  const [socket] = await socketPair()
  const disposal = new Disposal()
  const writer = new SocketWriter(socket, disposal)
  const parts: Buffer[] = []
  do {
    const part = whole(65_506)
    disposal.track(part)
    parts.push(part)
  } while (writer.write(parts.at(-1) as Buffer))
  socket.on('error', () => {})
  socket.destroy()
  await once(socket, 'close')
  expect(parts.at(-1)?.byteLength).toBe(65_506)
})
