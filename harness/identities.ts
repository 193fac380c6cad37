import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKeyPair, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import type { Identities } from './plan.ts'
import type { Stack } from './stack.ts'

const GENERATE: Readonly<Record<Stack['key'], () => Promise<PrivateKey>>> = {
  ed25519: () => generateKeyPair('Ed25519'),
  rsa: () => generateKeyPair('RSA', 2048),
  secp256k1: () => generateKeyPair('secp256k1'),
}

/** Makes fresh keys of every type: a file for each role in the form that every p2pd reads, and a stranger's peer id. */
export async function createIdentities(folder: string, roles: number): Promise<Identities> {
  await mkdir(folder, { recursive: true })
  const files: Partial<Record<Stack['key'], string[]>> = {}
  const strangers: Partial<Record<Stack['key'], string>> = {}
  for (const type of Object.keys(GENERATE) as Stack['key'][]) {
    files[type] = await Promise.all(
      Array.from({ length: roles }, async (_, role) => {
        const file = join(folder, `${type}-${role}.key`)
        await writeFile(file, privateKeyToProtobuf(await GENERATE[type]()), { mode: 0o600 })
        return file
      }),
    )
    strangers[type] = peerIdFromPrivateKey(await GENERATE[type]()).toString()
  }
  return { files, strangers } as Identities
}
