import { Duplex } from 'node:stream'
import type { MessageStream } from '@libp2p/interface'
import { Uint8ArrayList } from 'uint8arraylist'

/** A libp2p connection as Node's stream, for `node:tls` to run over. Its end leaves the connection open: who has it closes it. */
export function toDuplex(connection: MessageStream): Duplex {
  let waiting: (() => void) | undefined
  const send = (data: Uint8Array | Uint8ArrayList, callback: (error?: Error) => void): void => {
    try {
      if (connection.send(data)) callback()
      else waiting = callback
    } catch (error) {
      callback(error as Error)
    }
  }
  const duplex = new Duplex({
    write: (chunk, _, callback) => send(chunk, callback),
    writev: (chunks, callback) => send(new Uint8ArrayList(...chunks.map(({ chunk }) => chunk)), callback),
    read() {
      if (connection.status === 'open') connection.resume()
    },
    final: callback => callback(),
    destroy(error, callback) {
      waiting = undefined
      callback(error)
    },
  })
  const receive = (data: Uint8Array | Uint8ArrayList): void => {
    if (duplex.readableEnded || duplex.destroyed) return
    let more = true
    for (const part of data instanceof Uint8Array ? [data] : data) more = duplex.push(part)
    if (!more && connection.status === 'open') connection.pause()
  }
  connection.addEventListener('message', ({ data }) => receive(data))
  connection.addEventListener('drain', () => {
    const callback = waiting
    waiting = undefined
    callback?.()
  })
  connection.addEventListener('remoteCloseWrite', () => duplex.push(null))
  connection.addEventListener('close', ({ error }) => {
    if (error !== undefined) duplex.destroy(error)
    else duplex.push(null)
  })
  return duplex
}
