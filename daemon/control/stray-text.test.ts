import { expect, test } from 'vitest'
import { encode, Request } from '../../proto/codec.ts'
import { findStrayText, HTTP_ANSWER } from './stray-text.ts'

const find = (text: string) => findStrayText(Buffer.from(text, 'latin1'))

test.each([
  'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'POST /v0/request HTTP/1.0\r\n',
  'OPTIONS * HTTP/1.1\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
])('%j is HTTP', text => {
  expect(find(text)).toEqual({ line: text.split('\r\n')[0], http: true })
})

test.each(['help\n', 'SSH-2.0-OpenSSH_9.7\r\n', '{"type": 0}\n'])('%j is text', text => {
  expect(find(text)).toEqual({ line: text.trimEnd(), http: false })
})

test.each([
  '',
  'GET / HTTP/1.1',
  '\x13/multistream/1.0.0\n',
  'a\x08\x00\n',
  `${'x'.repeat(300)}\n`,
])('%j may be a frame', text => {
  expect(find(text)).toBeUndefined()
})

test('no request that leads with another part than its type is taken for text', () => {
  for (let length = 0; length < 90; length++) {
    // an encoder may write fields in any order: DISCONNECT's peer, whose tag is a line feed, before the type
    const peer = Buffer.alloc(length, 'x')
    const body = Buffer.concat([Buffer.from([0x3a, length + 2, 0x0a, length]), peer, Buffer.from([8, 7])])
    expect(findStrayText(Buffer.concat([Buffer.from([body.length]), body]))).toBeUndefined()
  }
  const proto = ['\n\n\n'.repeat(20)]
  const request = encode(Request, {
    type: Request.Type.STREAM_OPEN,
    streamOpen: { peer: Buffer.alloc(40, '\n'), proto },
  })
  expect(findStrayText(request)).toBeUndefined()
})

test('the HTTP answer is as long as it says', () => {
  const [head, body] = HTTP_ANSWER.split('\r\n\r\n') as [string, string]
  expect(head).toContain(`Content-Length: ${body.length}\r\n`)
})
