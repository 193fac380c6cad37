import { connect, createServer, type Socket } from 'node:net'
import { formatMultiaddr, parseAddress } from '../bindings/typescript/address.ts'
import { decode, encode, FrameDecoder, Request, Response, StreamInfo } from '../proto/codec.ts'

/**
 * A daemon without a network: streams are opened to the application that has registered for them with the same process,
 * over one more Unix socket. What the load generator reaches with it is how far it goes by itself.
 */

/** Stands for a peer, whom nobody here looks for. */
const PEER = Uint8Array.of(0, 1, 0)

const handlers = new Map<string, string>()

function serve(socket: Socket): void {
  const frames = new FrameDecoder()
  socket.on('error', () => {})
  const onData = (bytes: Buffer): void => {
    frames.push(bytes)
    for (let body = frames.next(); body !== undefined; body = frames.next()) answer(decode(Request, body))
  }
  socket.on('data', onData)
  socket.on('end', () => socket.end())

  const respond = (response: Omit<Response, 'type'> = {}): void => {
    socket.write(encode(Response, { type: Response.Type.OK, ...response }))
  }
  const answer = ({ type, streamHandler, streamOpen }: Request): void => {
    switch (type) {
      case Request.Type.STREAM_HANDLER:
        register(streamHandler)
        respond()
        break
      case Request.Type.STREAM_OPEN: {
        const proto = streamOpen?.proto?.[0] ?? ''
        const streamInfo = { peer: PEER, addr: new Uint8Array(0), proto }
        const application = connect({ path: handlers.get(proto) ?? '', allowHalfOpen: true })
        application.on('error', () => socket.destroy())
        application.write(encode(StreamInfo, streamInfo))
        socket.off('data', onData)
        respond({ streamInfo })
        application.write(frames.takeRest())
        socket.pipe(application).pipe(socket)
        break
      }
      default:
        respond({ identify: { id: PEER, addrs: [] } })
    }
  }
}

function register(streamHandler: Request['streamHandler']): void {
  const address = parseAddress(formatMultiaddr(streamHandler?.addr ?? new Uint8Array(0)))
  if (address.kind !== 'unix') return
  for (const protocol of streamHandler?.proto ?? []) handlers.set(protocol, address.path)
}

const path = process.argv[process.argv.indexOf('-listen') + 1]?.slice('/unix'.length)
createServer({ allowHalfOpen: true }, serve).listen({ path, backlog: 1024 }, () => {
  process.stdout.write(`Control socket: /unix${path}\nPeer ID: none\nPeer Addrs:\n`)
})
