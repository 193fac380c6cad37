import { expect, test } from 'vitest'
import { Request, Response } from '../proto/codec.ts'
import { Evidence } from './evidence.ts'

const request = { at: 1, connection: 1, direction: 'sent', type: 'Request' } as const
const answer = { at: 2, connection: 1, direction: 'received', type: 'Response' } as const

test('the request that a check was at is the one without an answer, or else the last', () => {
  const evidence = new Evidence()
  expect(evidence.lastRequest()).toBeUndefined()
  const [dialer, listener] = ['dialer', 'listener'].map(role => evidence.observer(role))
  dialer?.frame?.({ ...request, message: { type: Request.Type.CONNECT } })
  listener?.frame?.({ ...request, message: { type: Request.Type.LIST_PEERS } })
  listener?.frame?.({ ...answer, message: { type: Response.Type.OK } })
  expect(evidence.lastRequest()).toBe('with no answer to the dialer’s CONNECT')
  expect(evidence.debtor()).toBe('dialer')
  dialer?.frame?.({ ...answer, message: { type: Response.Type.OK } })
  expect(evidence.lastRequest()).toBe('after the listener’s LIST_PEERS had been answered')
  expect(evidence.debtor()).toBeUndefined()
})
