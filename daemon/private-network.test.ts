import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streamPair } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError } from './failure.ts'
import { checkPrivateAddresses, generatePrivateNetworkKey, loadPrivateNetwork } from './private-network.ts'

const HEADER = '/key/swarm/psk/1.0.0/\n'
const KEY = Buffer.from('dffb7e3135399a8b1612b2aaca1c36a3a8ac2cd0cca51ceeb2ced87d308cac6d', 'hex')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-psk-'))
})
afterEach(() => rm(folder, { recursive: true }))

const save = async (name: string, contents: string | Buffer): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, contents)
  return path
}

/** Whether two connections protected by these files' keys understand each other. */
async function understand(one: string, other: string): Promise<boolean> {
  const protectors = [(await loadPrivateNetwork(one))(), (await loadPrivateNetwork(other))()]
  const pair = await streamPair()
  const signal = AbortSignal.timeout(5_000)
  const [from, to] = await Promise.all(pair.map((end, index) => protectors[index]?.protect(end as never, { signal })))
  const { promise, resolve } = Promise.withResolvers<string>()
  to?.addEventListener('message', ({ data }) => resolve(Buffer.from(data.subarray()).toString('latin1')))
  from?.send(Buffer.from('hello'))
  return (await promise) === 'hello'
}

test('all encodings that go reads are the same key, with any line ends and whatever follows', async () => {
  const files = [
    await save('js', `${HEADER}/base16/\n${KEY.toString('hex')}`),
    await save('go', `${HEADER}/base16/\n${KEY.toString('hex')}\n`),
    await save('windows', `${HEADER}/base16/\n${KEY.toString('hex').toUpperCase()}\r\n`.replaceAll('/\n', '/\r\n')),
    await save('base64', `${HEADER}/base64/\n${KEY.toString('base64')}\n`),
    await save('bin', Buffer.concat([Buffer.from(`${HEADER}/bin/\n`), KEY, Buffer.from('\n')])),
  ]
  for (const file of files) expect(await understand(files[0] as string, file), file).toBe(true)
})

test('a generated key can be read, and is not the one before', async () => {
  const [one, other] = [
    await save('one', generatePrivateNetworkKey()),
    await save('other', generatePrivateNetworkKey()),
  ]
  expect(await understand(one, one)).toBe(true)
  expect(await understand(one, other)).toBe(false)
})

test.each([
  ['', 'expected file header /key/swarm/psk/1.0.0/, got: '],
  ['/key/swarm/psk/2.0.0/\n/base16/\n', 'expected file header /key/swarm/psk/1.0.0/, got: /key/swarm/psk/2.0.0/'],
  [HEADER, 'unknown encoding: '],
  [`${HEADER}/base32/\nabc`, 'unknown encoding: /base32/'],
  [`${HEADER}/base16/\n${KEY.toString('hex').slice(2)}`, 'expected 32 bytes, got 31'],
  [`${HEADER}/base16/\nxyz`, 'expected 32 bytes, got 0'],
  [`${HEADER}/bin/\nshort`, 'expected 32 bytes, got 5'],
])('the file %j is refused', async (contents, reason) => {
  const path = await save('bad', contents)
  await expect(loadPrivateNetwork(path)).rejects.toThrow(
    new ConfigError(`invalid private network key ${path}: ${reason}`),
  )
})

test('a file that is not there is refused in go’s words', async () => {
  await expect(loadPrivateNetwork('/nowhere/swarm.key')).rejects.toThrow(
    new ConfigError('open /nowhere/swarm.key: no such file or directory'),
  )
})

test.each([
  ['/ip4/127.0.0.1/udp/1/quic-v1', 'QUIC'],
  ['/ip4/127.0.0.1/udp/1/quic-v1/webtransport', 'WebTransport'],
  ['/ip4/127.0.0.1/udp/1/webrtc-direct', 'WebRTC'],
])('%s cannot be private', (text, name) => {
  expect(() => checkPrivateAddresses([multiaddr('/ip4/127.0.0.1/tcp/1/ws'), multiaddr(text)])).toThrow(
    new ConfigError(`cannot listen on ${text}: ${name} doesn't support private networks yet`),
  )
})
