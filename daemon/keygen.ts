import { writeFile } from 'node:fs/promises'
import { ConfigError, describeFailure } from './failure.ts'
import { bool, int, parseFlags, string } from './flags.ts'
import { generateIdentity, KEY_TYPES } from './identity.ts'
import { generatePrivateNetworkKey } from './private-network.ts'

/** The `p2p-keygen` program: writes a new identity file and prints its peer id, or a new key of a private network. */

const PROGRAM = 'p2p-keygen'

/** What IPFS calls the file of a private network's key. */
const PSK_FILE = 'swarm.key'

const FLAGS = {
  f: string('identity', 'file to write the key to; must not exist'),
  t: string('rsa', 'key type: rsa, ed25519, secp256k1 or ecdsa (which p2pd itself cannot use)'),
  b: int(2048, 'size of an rsa key in bits'),
  psk: bool(false, 'write the key of a new private network, for p2pd -psk, in place of an identity'),
}

async function main(argv: readonly string[]): Promise<void> {
  const flags = parseFlags(FLAGS, argv)
  if (flags.psk) {
    const path = flags.f ?? PSK_FILE
    await writeNew(path, generatePrivateNetworkKey())
    process.stdout.write(`Private network key: ${path}\n`)
    return
  }
  const path = flags.f ?? FLAGS.f.default
  const word = flags.t ?? FLAGS.t.default
  const type = KEY_TYPES.find(name => name === word)
  if (type === undefined) {
    throw new ConfigError(`Unknown key type ${word}; must be rsa, ed25519, secp256k1 or ecdsa`)
  }
  const { encoded, peerId } = await generateIdentity(type, flags.b ?? FLAGS.b.default)
  await writeNew(path, encoded)
  process.stdout.write(`Peer ID: ${peerId}\n`)
}

/** Secrets are for their owner alone, and never overwrite one. */
async function writeNew(path: string, contents: string | Uint8Array): Promise<void> {
  await writeFile(path, contents, { flag: 'wx', mode: 0o400 }).catch(error => {
    throw ConfigError.fromSystem(error, path)
  })
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const { stderr, exitCode } = describeFailure(error, PROGRAM, FLAGS)
  process.stderr.write(stderr)
  process.exitCode = exitCode
}
