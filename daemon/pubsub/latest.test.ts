import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Latest } from './latest.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const rpc = (text: string): Uint8Array => Buffer.from(text)
const missed = (latest: Latest, peer: string, topic = 't'): string[] => [...latest.missedBy(peer, topic)].map(String)

test('a peer that has just connected gets what was published since, of its topic', () => {
  const latest = new Latest()
  latest.add('t', rpc('before'))
  vi.advanceTimersByTime(1)
  latest.connected('peer')
  latest.add('t', rpc('one'))
  latest.add('other', rpc('two'))
  vi.advanceTimersByTime(4_000)
  latest.add('t', rpc('three'))
  expect(missed(latest, 'peer')).toEqual(['one', 'three'])
})

test('a peer that has introduced itself gets what is half a second old at the most', () => {
  const latest = new Latest()
  latest.connected('peer')
  latest.introduced('peer')
  latest.add('t', rpc('old'))
  vi.advanceTimersByTime(400)
  latest.add('t', rpc('new'))
  vi.advanceTimersByTime(200)
  expect(missed(latest, 'peer')).toEqual(['new'])
})

test('a peer that stays silent is not waited for longer than five seconds', () => {
  const latest = new Latest()
  latest.connected('peer')
  latest.add('t', rpc('old'))
  vi.advanceTimersByTime(5_001)
  expect(missed(latest, 'peer')).toEqual([])
})

test('the oldest messages go when they are too many bytes', () => {
  const latest = new Latest()
  latest.connected('peer')
  for (let index = 0; index < 6; index++) latest.add('t', new Uint8Array(1024 * 1024).fill(index))
  expect([...latest.missedBy('peer', 't')].map(([first]) => first)).toEqual([2, 3, 4, 5])
})
