import { Socket } from 'node:net'

/** How much one read can bring, in bytes: four full messages of Noise. The processor's cache holds it. */
const BUFFER_LENGTH = 4 * 65_506

/** What every socket reads into, one at a time. */
const BUFFER = Buffer.allocUnsafeSlow(BUFFER_LENGTH)

/** Where Node's sockets keep what they were given as `onread`: its own constructor is the only other way to say it. */
const { kBuffer, kBufferCb } = Object.fromEntries(
  Object.getOwnPropertySymbols(new Socket()).map(symbol => [symbol.description, symbol]),
)

/** What Node does not tell of its sockets. */
interface Internals {
  readonly _handle?: { useUserBuffer?(buffer: Uint8Array): void } | null
  [symbol: symbol]: unknown
}

/**
 * Has a socket, paused or not yet read from, read into one buffer that all share. Node allocates 64 KiB for each read,
 * however little it brings, which kept the garbage collector busier than everything else.
 *
 * Node offers that as `onread`, but only for sockets that are dialled. Where it has come to be done in another way than it
 * is in Node 24, sockets are read as usual.
 *
 * @param received called with bytes that are lent: see `lent.ts`
 */
export function readInto(socket: Socket, received: (bytes: Uint8Array<ArrayBuffer>) => void): void {
  // what has been read before
  socket.on('data', received as (bytes: Buffer) => void)
  while (socket.readableLength > 0 && socket.read() !== null);
  const internals = socket as unknown as Internals
  const handle = internals._handle
  if (kBuffer === undefined || kBufferCb === undefined || typeof handle?.useUserBuffer !== 'function') return
  internals[kBuffer] = BUFFER
  internals[kBufferCb] = (length: number) => received(BUFFER.subarray(0, length))
  handle.useUserBuffer(BUFFER)
}
