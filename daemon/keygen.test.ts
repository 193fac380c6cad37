import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadIdentity } from './identity.ts'

const KEYGEN = fileURLToPath(new URL('keygen.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-keygen-'))
})
afterEach(() => rm(folder, { recursive: true }))

interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const keygen = (...argv: readonly string[]): Promise<Outcome> =>
  new Promise(resolve => {
    const child = execFile(process.execPath, [KEYGEN, ...argv], { cwd: folder }, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr })
    })
  })

test('without flags it makes an rsa key in the file identity', async () => {
  const { exitCode, stdout, stderr } = await keygen()
  const path = join(folder, 'identity')
  const key = await loadIdentity(path)
  expect(key.type).toBe('RSA')
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: `Peer ID: ${peerIdFromPrivateKey(key)}\n`,
    stderr: '',
  })
  expect((await stat(path)).mode & 0o777).toBe(0o400)
})

test('the type and the file can be chosen', async () => {
  expect((await keygen('-t', 'secp256k1', '-f', 'key')).exitCode).toBe(0)
  expect((await loadIdentity(join(folder, 'key'))).type).toBe('secp256k1')
})

test('an existing file is left alone', async () => {
  await writeFile(join(folder, 'key'), 'precious')
  const { exitCode, stdout, stderr } = await keygen('-t', 'ed25519', '-f', 'key')
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(stderr).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d open key: file exists\n$/)
  expect(await readFile(join(folder, 'key'), 'utf8')).toBe('precious')
})

test('with -psk it makes the key of a private network, and leaves an existing one alone', async () => {
  const path = join(folder, 'swarm.key')
  expect(await keygen('-psk')).toEqual({ exitCode: 0, stdout: 'Private network key: swarm.key\n', stderr: '' })
  expect(await readFile(path, 'utf8')).toMatch(/^\/key\/swarm\/psk\/1\.0\.0\/\n\/base16\/\n[0-9a-f]{64}\n$/)
  expect((await stat(path)).mode & 0o777).toBe(0o400)
  expect((await keygen('-psk')).stderr).toMatch(/ open swarm\.key: file exists\n$/)
  expect((await keygen('-psk', '-f', 'other.key')).exitCode).toBe(0)
  expect(await readFile(join(folder, 'other.key'), 'utf8')).not.toBe(await readFile(path, 'utf8'))
})

test('an unknown type is refused', async () => {
  const { exitCode, stderr } = await keygen('-t', 'dsa')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/ Unknown key type dsa; must be rsa, ed25519, secp256k1 or ecdsa\n$/)
})

test('a bad flag is followed by the usage', async () => {
  const { exitCode, stderr } = await keygen('-x')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^flag provided but not defined: -x\nUsage of p2p-keygen:\n {2}-b int\n/)
})
