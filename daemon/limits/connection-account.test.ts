import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type { MessageStream, Stream } from '@libp2p/interface'
import { expect, test } from 'vitest'
import type { LimitsConfig } from '../config.ts'
import { ConnectionAccount } from './connection-account.ts'
import { LimitError } from './limit-error.ts'

class FakeStream extends EventTarget {
  readonly name: string
  readonly #open: FakeStream[]
  readBufferLength = 0
  writeBufferLength = 0
  aborted = false

  constructor(name: string, open: FakeStream[]) {
    super()
    this.name = name
    this.#open = open
    open.push(this)
  }

  abort(): void {
    this.aborted = true
    this.close()
  }

  close(): void {
    this.readBufferLength = 0
    this.writeBufferLength = 0
    this.#open.splice(this.#open.indexOf(this), 1)
    this.dispatchEvent(new Event('close'))
  }
}

class FakeSocket extends EventEmitter {
  writableLength = 0

  destroy(): void {
    this.writableLength = 0
    this.emit('close')
  }
}

function start(limits: Partial<LimitsConfig>) {
  const streams: FakeStream[] = []
  const cut: string[] = []
  const connection = Object.assign(new EventTarget(), {
    writeBufferLength: 0,
    aborted: false,
    abort() {
      this.aborted = true
    },
  })
  const account = new ConnectionAccount(
    connection as unknown as MessageStream,
    streams as unknown as Stream[],
    { streams: 0, connectionMemory: 0, ...limits } as LimitsConfig,
    (_error, _streams, stream) => cut.push((stream as unknown as FakeStream | undefined)?.name ?? 'the connection'),
  )
  return {
    connection,
    account,
    cut,
    open: (name: string) => new FakeStream(name, streams),
    give(stream: FakeStream): FakeSocket {
      const socket = new FakeSocket()
      account.addSocket(stream as unknown as Stream, socket as unknown as Socket)
      return socket
    },
    receive: (bytes: number) =>
      connection.dispatchEvent(Object.assign(new Event('message'), { data: new Uint8Array(bytes) })),
  }
}

test('as many streams as allowed, and another one when one has closed', () => {
  const { account, open } = start({ streams: 2 })
  account.check()
  const first = open('first')
  account.check()
  open('second')
  expect(() => account.check()).toThrow(LimitError)
  first.close()
  account.check()
})

test('a socket that outlives its stream counts until it is closed', () => {
  const { account, open, give } = start({ streams: 1 })
  const stream = open('stream')
  const socket = give(stream)
  stream.close()
  expect(() => account.check()).toThrow('resource limit exceeded: 1 streams on one connection (-maxStreams)')
  socket.destroy()
  account.check()

  const dead = open('closed before its application came')
  dead.close()
  const late = give(dead)
  expect(() => account.check()).toThrow(LimitError)
  late.destroy()
  account.check()

  const other = open('closed behind its socket')
  give(other).destroy()
  other.close()
  account.check()
})

test('over the limit of memory, the stream that holds most is reset, with its socket', () => {
  const { open, give, receive, cut } = start({ connectionMemory: 1_000 })
  const small = open('small')
  small.readBufferLength = 400
  const large = open('large')
  large.readBufferLength = 300
  give(large).writableLength = 290
  receive(900)
  expect(cut).toEqual([])
  large.writeBufferLength = 20
  receive(100)
  expect(cut).toEqual(['large'])
  expect(large.aborted).toBe(true)
  expect(small.aborted).toBe(false)
})

test('what has passed through is not held', () => {
  const { account, open, receive, cut } = start({ connectionMemory: 1_000 })
  open('stream').readBufferLength = 10
  for (let count = 0; count < 100; count++) receive(500)
  account.pass(1_000_000)
  expect(cut).toEqual([])
  account.check()
})

test('a full connection takes no more streams, until it has been emptied', () => {
  const { account, open, receive } = start({ connectionMemory: 1_000 })
  const stream = open('stream')
  stream.readBufferLength = 990
  receive(990)
  expect(() => account.check()).toThrow(/1000 bytes buffered for one connection \(-maxConnectionMemory\)/)
  stream.readBufferLength = 0
  account.check()
})

test('sockets that have outlived their streams are cut as well', () => {
  const { open, give, receive, cut } = start({ connectionMemory: 1_000 })
  const stream = open('gone')
  const socket = give(stream)
  stream.close()
  socket.writableLength = 2_000
  receive(1_001)
  expect(cut).toEqual(['gone'])
  expect(socket.writableLength).toBe(0)
})

test('a peer that does not read what the connection itself has to say loses the connection', () => {
  const { connection, receive, cut } = start({ connectionMemory: 1_000 })
  connection.writeBufferLength = 1_001
  receive(1_001)
  expect(cut).toEqual(['the connection'])
  expect(connection.aborted).toBe(true)
})

test('without limits nothing is refused or cut', () => {
  const { account, open, receive, cut } = start({})
  for (let count = 0; count < 100; count++) open('one of many').readBufferLength = 1_000_000
  receive(1_000_000)
  account.check()
  expect(cut).toEqual([])
})
