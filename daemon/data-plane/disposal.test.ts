import { expect, test } from 'vitest'
import { Disposal } from './disposal.ts'

test('a buffer goes once all of its bytes have been released, in whatever parts', () => {
  const disposal = new Disposal()
  const bytes = Buffer.from(new ArrayBuffer(65_536))
  disposal.track(bytes)
  disposal.release(bytes, 12)
  disposal.release(bytes.subarray(12, 30_000))
  expect(bytes.buffer.byteLength).toBe(65_536)
  disposal.release(bytes.subarray(30_000))
  expect(bytes.buffer.byteLength).toBe(0)
})

test('what is not tracked stays, and what others may have a part of is not tracked', () => {
  const [disposal, other] = [new Disposal(), new Disposal()]
  const untracked = Buffer.from(new ArrayBuffer(65_536))
  other.track(untracked)
  disposal.release(untracked)
  const part = Buffer.from(new ArrayBuffer(65_536)).subarray(0, 65_535)
  disposal.track(part)
  disposal.release(part)
  expect([untracked, part].map(({ byteLength }) => byteLength)).toEqual([65_536, 65_535])
})
