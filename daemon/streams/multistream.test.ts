import { setTimeout as delay } from 'node:timers/promises'
import { type Stream, StreamMessageEvent, UnsupportedProtocolError } from '@libp2p/interface'
import { byteStream, streamPair } from '@libp2p/utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { until } from '../../harness/until.ts'
import { type Choice, letChoose, propose } from './multistream.ts'

const VERSION = '\x13/multistream/1.0.0\n'
const ECHO = '\x0c/echo/1.0.0\n'
const NOTHING = '\x03na\n'

const choice: Choice = {
  has: protocol => protocol === '/echo/1.0.0' || protocol === '/long/'.padEnd(1_000, 'x'),
  all: () => ['/echo/1.0.0', '/other'],
}

/** Two ends: what is tested, and what stands for the remote, of which all that it gets is kept. */
let near: Stream
let far: Stream
let got: string
beforeEach(async () => {
  ;[near, far] = await streamPair({ delay: 0 })
  got = ''
  far.addEventListener('message', ({ data }) => {
    got += Buffer.from(data.subarray()).toString('latin1')
  })
})
afterEach(() => {
  near.abort(new Error('over'))
  far.abort(new Error('over'))
})

const say = (text: string): boolean => far.send(Buffer.from(text, 'latin1'))
const gets = (text: string): Promise<unknown> =>
  until(() => got === text, { deadline: 5_000, what: JSON.stringify(text) }).catch(() => expect(got).toBe(text))
const read = async (stream: Stream, bytes: number): Promise<string> =>
  Buffer.from((await byteStream(stream).read({ bytes })).subarray()).toString()

function chosen(timeout = 10_000): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  letChoose(near, choice, timeout, () => {
    resolve(near.protocol)
  })
  return promise
}

const reset = (stream: Stream): Promise<unknown> =>
  until(() => stream.status !== 'open', { deadline: 5_000, what: 'the stream to be reset' })

function agreement(): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>()
  propose(near, '/echo/1.0.0', resolve)
  return promise
}

test('a proposal leaves at once, and what follows the agreement is the stream’s', async () => {
  const agreed = agreement()
  near.send(Buffer.from('early'))
  expect(near.protocol).toBe('/echo/1.0.0')
  await gets(`${VERSION}${ECHO}early`)
  say(`${VERSION}${ECHO}hello`)
  expect(await agreed).toBeUndefined()
  expect(await read(near, 5)).toBe('hello')
  say(', again')
  expect(await read(near, 7)).toBe(', again')
})

test('an agreement that comes byte by byte', async () => {
  const agreed = agreement()
  for (const byte of `${VERSION}${ECHO}hello`) say(byte)
  expect(await agreed).toBeUndefined()
  expect(await read(near, 5)).toBe('hello')
})

test('who listens already hears what follows the agreement, at once, and nothing of the agreement', async () => {
  let heard = ''
  let atAgreement: string | undefined
  propose(near, '/echo/1.0.0', () => {
    atAgreement = heard
  })
  near.addEventListener('message', ({ data }) => {
    heard += Buffer.from(data.subarray()).toString('latin1')
  })
  say(`${VERSION}${ECHO}hel`)
  await until(() => atAgreement !== undefined, { deadline: 5_000, what: 'the agreement' })
  say('lo')
  await until(() => heard.length >= 5, { deadline: 5_000, what: 'the greeting' })
  expect([atAgreement, heard]).toEqual(['hel', 'hello'])
})

test('what ends the stream after the agreement is not told to who proposed', async () => {
  const settled = vi.fn()
  propose(near, '/echo/1.0.0', settled)
  say(VERSION + ECHO)
  await until(() => settled.mock.calls.length > 0, { deadline: 5_000, what: 'the agreement' })
  far.abort(new Error('no'))
  await reset(near)
  expect(settled.mock.calls).toEqual([[]])
})

test('a stream that both sides end before the peer has agreed', async () => {
  const settled = vi.fn()
  propose(near, '/echo/1.0.0', settled)
  await Promise.all([near.close(), far.close()])
  await until(() => settled.mock.calls.length > 0, { deadline: 5_000, what: 'the end to be told' })
  expect(settled.mock.calls).toEqual([[expect.objectContaining({ message: 'the stream has ended' })]])
})

test.each([
  ['refuses', VERSION + NOTHING],
  ['speaks of another protocol', `${VERSION}\x07/other\n`],
  ['says something else', 'HTTP/1.1 400 Bad Request'],
])('a proposal to a peer that %s: the stream is reset', async (_what, answer) => {
  const settled = vi.fn()
  propose(near, '/echo/1.0.0', settled)
  say(answer)
  await reset(near)
  expect(settled.mock.calls).toEqual([[expect.any(UnsupportedProtocolError)]])
})

test('a stream that is reset before the peer has agreed', async () => {
  const settled = vi.fn()
  propose(near, '/echo/1.0.0', settled)
  say(VERSION)
  far.abort(new Error('no'))
  await reset(near)
  expect(settled.mock.calls).toEqual([[expect.objectContaining({ name: 'StreamResetError' })]])
})

test('the remote chooses, all in one message, with what it has to say behind', async () => {
  const protocol = chosen()
  say(`${VERSION}${ECHO}hello`)
  expect(await protocol).toBe('/echo/1.0.0')
  await gets(VERSION + ECHO)
  expect(await read(near, 5)).toBe('hello')
})

test('the remote waits for each answer, and is refused first', async () => {
  const protocol = chosen()
  say(VERSION)
  await gets(VERSION)
  say('\x07/other\n')
  await gets(VERSION + NOTHING)
  say('\x03ls\n')
  await gets(`${VERSION + NOTHING}\x16${ECHO}\x07/other\n\n`)
  for (const byte of ECHO) say(byte)
  expect(await protocol).toBe('/echo/1.0.0')
})

test('a name whose length takes two bytes', async () => {
  const name = '/long/'.padEnd(1_000, 'x')
  const protocol = chosen()
  say(`${VERSION}\xe9\x07${name}\n`)
  expect(await protocol).toBe(name)
  await gets(`${VERSION}\xe9\x07${name}\n`)
})

test('what had arrived before anybody listened', async () => {
  say(`${VERSION}${ECHO}hel`)
  await until(() => near.readBufferLength > 0, { deadline: 5_000, what: 'the first bytes' })
  expect(await chosen()).toBe('/echo/1.0.0')
  say('lo')
  expect(await read(near, 5)).toBe('hello')
})

test.each([
  ['a line that is too long', '\xff\x7f'],
  ['an empty line', '\x00'],
  ['a line without its end', '\x05hello'],
])('%s: the stream is reset', async (_what, bytes) => {
  const agreed = vi.fn()
  letChoose(near, choice, 10_000, agreed)
  say(bytes)
  await reset(near)
  expect(agreed).not.toHaveBeenCalled()
})

test('a remote that ends before it has chosen, or says nothing: the stream is reset', async () => {
  letChoose(near, choice, 10_000, () => {})
  say(VERSION)
  await far.close()
  await reset(near)
  const [silent] = await streamPair({ delay: 0 })
  letChoose(silent, choice, 1, () => {})
  await reset(silent)
})

test('a remote may end as soon as it has chosen, also when its end is told before what it chose', async () => {
  const protocol = chosen()
  near.dispatchEvent(new Event('remoteCloseWrite'))
  near.dispatchEvent(new StreamMessageEvent(Buffer.from(VERSION + ECHO, 'latin1')))
  expect(await protocol).toBe('/echo/1.0.0')
  await delay(0)
  expect(near.status).toBe('open')
})

test('a remote that has chosen may end', async () => {
  const protocol = chosen()
  say(VERSION + ECHO)
  await protocol
  await far.close()
  await until(() => near.remoteWriteStatus === 'closed', { deadline: 5_000, what: 'the end' })
  await delay(0)
  expect(near.status).toBe('open')
})

test('a stream that is over before anything was chosen keeps no timer', () => {
  const timers = (): number => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length
  const before = timers()
  letChoose(near, choice, 10_000, () => {})
  expect(timers()).toBe(before + 1)
  near.abort(new Error('over'))
  expect(timers()).toBe(before)
})

test('a remote that has chosen may end, and take its time', async () => {
  say(`${VERSION}${ECHO}hello`)
  await far.close()
  await until(() => near.readBufferLength > 0, { deadline: 5_000, what: 'the first bytes' })
  await chosen(1)
  // timers expire in order
  await delay(5)
  expect(near.status).toBe('open')
  expect(await read(near, 5)).toBe('hello')
})
