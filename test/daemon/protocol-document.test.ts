import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { REQUEST_ERROR_CODES } from '../../daemon/control/request-error.ts'
import { codeIn, plain, tablesOf } from '../docs/markdown.ts'
import { type Cast, PROVOCATIONS, startCast } from './provocations.ts'
import { ROOT, startDaemon } from './start.ts'

/** What docs/protocol.md says that a daemon answers, and what one really answers. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const tables = await tablesOf('docs/protocol.md')
const texts = tables.find(({ head }) => head.join() === 'code,message,when')?.rows ?? []
const documented = texts.map(([code, message]) => ({
  code: plain(code ?? ''),
  message: codeIn(message ?? '')[0] ?? '',
}))

/** What a text may be in which something varies. */
function patternOf(message: string): RegExp {
  const parts = message.replaceAll('\\n', '\n').split(/<[^>]+>/)
  return new RegExp(`^${parts.map(RegExp.escape).join('[^]+')}$`)
}

test('every error text has something that provokes it, and the other way round', () => {
  expect(documented.map(({ message }) => message).toSorted()).toEqual(Object.keys(PROVOCATIONS).toSorted())
})

test('every error code has a text', () => {
  expect([...new Set(documented.map(({ code }) => code))].toSorted()).toEqual(
    Object.keys(REQUEST_ERROR_CODES).toSorted(),
  )
})

describe('error texts', () => {
  let cast: Cast
  beforeAll(async () => {
    cast = await startCast()
  })
  afterAll(() => cast[Symbol.asyncDispose]())

  test.each(documented)('$code: $message', async ({ code, message }) => {
    const answer = await PROVOCATIONS[message]?.(cast)
    expect(answer).toEqual({ code, message: expect.stringMatching(patternOf(message)) })
  })
})

describe('bytes', async () => {
  const text = await readFile(join(ROOT, 'docs/protocol.md'), 'utf8')
  const exchanges = [...text.matchAll(/^request {2,}(.*)\nresponse {2,}(.*)$/gm)].map(([, request, response]) => ({
    request: request as string,
    response: response as string,
  }))

  test('there are some', () => expect(exchanges.length).toBeGreaterThan(1))

  test.each(exchanges)('$request', async ({ request, response }) => {
    await using daemon = await startDaemon()
    const connection = await daemon.client.rawConnection()
    connection.sendBytes(bytesOf(request))
    const body = Buffer.from(await connection.receiveFrame())
    await connection.close()
    expect(`${Buffer.from([body.byteLength]).toString('hex')}${body.toString('hex')}`).toBe(
      Buffer.from(bytesOf(response)).toString('hex'),
    )
  })
})

function bytesOf(hex: string): Uint8Array {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex')
}
