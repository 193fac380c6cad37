import { expect, test } from 'vitest'
import { messageId } from './message-id.ts'

test('author and sequence number are the id, as in go', () => {
  const { msgId, msgIdStr } = messageId({ from: Uint8Array.of(1, 255), seqno: Uint8Array.of(0, 7), topic: 't' })
  expect([...msgId]).toEqual([1, 255, 0, 7])
  expect(msgIdStr).toBe('\x01\xff\x00\x07')
})

test('without them the content is, so that not all such messages are one', () => {
  const id = (topic: string, text?: string): string =>
    messageId({ topic, ...(text !== undefined && { data: Buffer.from(text) }) }).msgIdStr
  expect(new Set([id('t', 'a'), id('t', 'b'), id('u', 'a'), id('t')]).size).toBe(4)
  expect(id('t', 'a')).toBe(id('t', 'a'))
})
