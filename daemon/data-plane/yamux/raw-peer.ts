import type { MultiaddrConnection } from '@libp2p/interface'
import { multiaddrConnectionPair } from '@libp2p/utils'
import { until } from '../../../harness/until.ts'
import { encodeHeader, type FrameHeader, FrameType } from './frame.ts'
import { FrameReader } from './frame-reader.ts'
import { YamuxMuxer } from './muxer.ts'

/** For tests: a muxer whose other side says frame by frame what the test wants, and keeps what it hears. */
export class RawPeer {
  readonly muxer: YamuxMuxer
  /** What the muxer has sent, pings left out. */
  readonly frames: FrameHeader[] = []
  readonly data: Uint8Array[] = []
  readonly #connection: MultiaddrConnection

  constructor() {
    const [local, remote] = multiaddrConnectionPair()
    this.muxer = new YamuxMuxer(local)
    this.#connection = remote
    const reader = new FrameReader({
      onHeader: header => {
        if (header.type !== FrameType.ping) this.frames.push(header)
      },
      onDataPiece: piece => this.data.push(piece),
      onDataEnd: () => {},
    })
    remote.addEventListener('message', ({ data }) => reader.push(data.subarray()))
  }

  say(type: FrameType, flags: number, stream: number, length: number, data?: Uint8Array): void {
    this.sendBytes(encodeHeader(type, flags, stream, length))
    if (data !== undefined) this.sendBytes(data)
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.#connection.status === 'open') this.#connection.send(bytes as Uint8Array<ArrayBuffer>)
  }

  /** Waits for a frame like this, also one that has come already. */
  heard(wanted: Partial<FrameHeader>): Promise<FrameHeader> {
    const isWanted = (frame: FrameHeader): boolean =>
      Object.entries(wanted).every(([name, value]) => frame[name as keyof FrameHeader] === value)
    return until(() => this.frames.find(isWanted), { deadline: 5_000, what: JSON.stringify(wanted) })
  }
}
