import type { CipherState } from './cipher-state.ts'
import { TAG_LENGTH } from './cipher-state.ts'
import { SymmetricState } from './symmetric-state.ts'
import { generateKeyPair, type KeyPair, PUBLIC_KEY_LENGTH, sharedSecret } from './x25519.ts'

/** What a handshake needs of the connection: whole messages, in both directions. */
export interface HandshakeMessages {
  read(): Promise<Uint8Array>
  write(message: Uint8Array): Promise<void>
}

/** One side's half of the XX pattern: it says something about itself, and judges what the other side says. */
export interface HandshakeRole<Remote> {
  readonly staticKey: KeyPair
  readonly payload: Uint8Array
  /** @throws to give up */
  accept(payload: Uint8Array, staticKey: Uint8Array): Promise<Remote>
}

/** What both sides agree on: a key for each direction. */
export interface HandshakeResult<Remote> {
  readonly remote: Remote
  readonly sending: CipherState
  readonly receiving: CipherState
}

const EMPTY = new Uint8Array(0)

/** Noise XX as the side that dials: → e; ← e, ee, s, es; → s, se. */
export async function initiate<Remote>(
  { read, write }: HandshakeMessages,
  { staticKey, payload, accept }: HandshakeRole<Remote>,
): Promise<HandshakeResult<Remote>> {
  const state = new SymmetricState()
  const ephemeral = generateKeyPair()
  state.mixHash(ephemeral.publicKey)
  await write(Buffer.concat([ephemeral.publicKey, state.encryptAndHash(EMPTY)]))

  const { remoteEphemeral, remoteStatic, remotePayload } = stage('second', await read(), message => {
    const remoteEphemeral = message.take(PUBLIC_KEY_LENGTH)
    state.mixHash(remoteEphemeral)
    state.mixKey(sharedSecret(ephemeral, remoteEphemeral))
    const remoteStatic = state.decryptAndHash(message.take(PUBLIC_KEY_LENGTH + TAG_LENGTH))
    state.mixKey(sharedSecret(ephemeral, remoteStatic))
    return { remoteEphemeral, remoteStatic, remotePayload: state.decryptAndHash(message.rest()) }
  })
  const remote = await accept(remotePayload, remoteStatic)

  const encryptedStatic = state.encryptAndHash(staticKey.publicKey)
  state.mixKey(sharedSecret(staticKey, remoteEphemeral))
  await write(Buffer.concat([encryptedStatic, state.encryptAndHash(payload)]))
  const [sending, receiving] = state.split()
  return { remote, sending, receiving }
}

/** Noise XX as the side that is dialled. */
export async function respond<Remote>(
  { read, write }: HandshakeMessages,
  { staticKey, payload, accept }: HandshakeRole<Remote>,
): Promise<HandshakeResult<Remote>> {
  const state = new SymmetricState()
  const remoteEphemeral = stage('first', await read(), message => {
    const remoteEphemeral = message.take(PUBLIC_KEY_LENGTH)
    state.mixHash(remoteEphemeral)
    state.decryptAndHash(message.rest())
    return remoteEphemeral
  })

  const ephemeral = generateKeyPair()
  state.mixHash(ephemeral.publicKey)
  stage('first', EMPTY, () => state.mixKey(sharedSecret(ephemeral, remoteEphemeral)))
  const encryptedStatic = state.encryptAndHash(staticKey.publicKey)
  state.mixKey(sharedSecret(staticKey, remoteEphemeral))
  await write(Buffer.concat([ephemeral.publicKey, encryptedStatic, state.encryptAndHash(payload)]))

  const { remoteStatic, remotePayload } = stage('third', await read(), message => {
    const remoteStatic = state.decryptAndHash(message.take(PUBLIC_KEY_LENGTH + TAG_LENGTH))
    state.mixKey(sharedSecret(ephemeral, remoteStatic))
    return { remoteStatic, remotePayload: state.decryptAndHash(message.rest()) }
  })
  const remote = await accept(remotePayload, remoteStatic)
  const [receiving, sending] = state.split()
  return { remote, sending, receiving }
}

class HandshakeMessage {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.byteLength) throw new Error('too short')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at)
  }
}

function stage<T>(ordinal: string, bytes: Uint8Array, read: (message: HandshakeMessage) => T): T {
  try {
    return read(new HandshakeMessage(bytes))
  } catch (error) {
    throw new Error(`invalid ${ordinal} message of the noise handshake: ${(error as Error).message}`, { cause: error })
  }
}
