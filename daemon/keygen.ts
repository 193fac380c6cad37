import { writeFile } from 'node:fs/promises'
import { ConfigError, describeFailure } from './failure.ts'
import { int, parseFlags, string } from './flags.ts'
import { generateIdentity, KEY_TYPES } from './identity.ts'

/** The `p2p-keygen` program: writes a new identity file and prints its peer id. */

const PROGRAM = 'p2p-keygen'

const FLAGS = {
  f: string('identity', 'file to write the key to; must not exist'),
  t: string('rsa', 'key type: rsa, ed25519, secp256k1 or ecdsa (which p2pd itself cannot use)'),
  b: int(2048, 'size of an rsa key in bits'),
}

async function main(argv: readonly string[]): Promise<void> {
  const flags = parseFlags(FLAGS, argv)
  const path = flags.f ?? FLAGS.f.default
  const word = flags.t ?? FLAGS.t.default
  const type = KEY_TYPES.find(name => name === word)
  if (type === undefined) {
    throw new ConfigError(`Unknown key type ${word}; must be rsa, ed25519, secp256k1 or ecdsa`)
  }
  const { encoded, peerId } = await generateIdentity(type, flags.b ?? FLAGS.b.default)
  await writeFile(path, encoded, { flag: 'wx', mode: 0o600 }).catch(error => {
    throw ConfigError.fromSystem(error, path)
  })
  process.stdout.write(`Peer ID: ${peerId}\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const { stderr, exitCode } = describeFailure(error, PROGRAM, FLAGS)
  process.stderr.write(stderr)
  process.exitCode = exitCode
}
