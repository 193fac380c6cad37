import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { lie } from './liar.ts'
import { interfere } from './real.ts'
import { createStranger, serve } from './stranger.ts'

/** A p2pd that is broken in the way that its first argument names; `broken.ts` says what is wrong with each. */
const [fault, ...flags] = process.argv.slice(2)
const stranger = createStranger(flags)

switch (fault) {
  case 'mute':
    serve(stranger, () => {})
    break
  case 'garbage':
    serve(stranger, socket => socket.on('data', () => babble(socket)))
    break
  case 'liar':
    serve(stranger, socket => lie(stranger, socket))
    break
  case 'exits':
    process.stderr.write('no idea what these flags mean\n')
    process.exitCode = 3
    break
  case 'says-nothing':
    process.stdout.write('ready, probably\n')
    setInterval(() => {}, 60_000)
    break
  case 'other-id':
    await interfere(flags, { print: text => text.replace(/(?<=Peer ID: )\S+/, stranger.peerId) })
    break
  case 'midway':
    await interfere(flags, { heard: count => count > 0 && process.exit(7) })
    break
  case 'slow':
    await interfere(flags, { delay: 1_000 })
    break
  case 'too-slow':
    await interfere(flags, { delay: 60_000 })
    break
  default:
    throw new Error(`there is no broken daemon called ${fault}`)
}

let frames = 0

/** Frames of the right length, of bytes that mean nothing: the same ones at every run. */
function babble(socket: Socket): void {
  const bytes = createHash('sha512').update(String(frames++)).digest()
  socket.write(Buffer.concat([Buffer.from([bytes.length]), bytes]))
}
