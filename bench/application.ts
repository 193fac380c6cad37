import { createServer, type Socket } from 'node:net'
import { encodeAddress } from '../bindings/typescript/address.ts'
import { encode, Request } from '../proto/codec.ts'
import { LENGTH_BYTES, PROTOCOLS, pour, SINK, SOURCE } from './protocols.ts'
import { findFrame, Wire } from './wire.ts'

/**
 * The application that a listening daemon hands its streams to: a process of its own, as applications are, and because the
 * two ends of ten thousand streams are more files than one process may open.
 *
 * Arguments: the daemon's control socket, and where to listen. Says 'ready' to its parent.
 */

const BACKLOG = 1024

function accept(socket: Socket): void {
  let head: Buffer = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('end', () => socket.end())
  const onHead = (bytes: Buffer): void => {
    head = Buffer.concat([head, bytes])
    const frame = findFrame(head)
    if (frame === undefined) return
    const [source, sink] = [SOURCE, SINK].map(name => head.includes(name))
    const rest = head.subarray(frame.end)
    if ((source || sink) && rest.byteLength < LENGTH_BYTES) return
    socket.off('data', onHead)
    if (source) pour(socket, Number(rest.readBigUInt64BE()))
    else if (sink) count(socket, Number(rest.readBigUInt64BE()) - (rest.byteLength - LENGTH_BYTES))
    else echo(socket, rest)
  }
  socket.on('data', onHead)
}

function echo(socket: Socket, first: Buffer): void {
  const send = (bytes: Buffer): void => {
    if (!socket.write(bytes)) socket.pause()
  }
  socket.on('drain', () => socket.resume())
  socket.on('data', send)
  if (first.byteLength > 0) send(first)
}

function count(socket: Socket, length: number): void {
  let left = length
  const onData = ({ byteLength }: { byteLength: number }): void => {
    left -= byteLength
    if (left <= 0) socket.write('.')
  }
  socket.on('data', onData)
  if (left <= 0) socket.write('.')
}

const [control, path] = process.argv.slice(2) as [string, string]
const server = createServer({ allowHalfOpen: true }, accept)
server.listen({ path, backlog: BACKLOG })
const wire = await Wire.connect(control)
const streamHandler = { addr: encodeAddress({ kind: 'unix', path }), proto: PROTOCOLS }
await wire.request(encode(Request, { type: Request.Type.STREAM_HANDLER, streamHandler }))
process.once('disconnect', () => process.exit())
process.send?.('ready')
