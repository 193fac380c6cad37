import type { StreamHandler, StreamHandlerOptions } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { beforeEach, expect, test } from 'vitest'
import type { Endpoint } from './endpoints/address.ts'
import { Handlers } from './handlers.ts'
import { createLog } from './log.ts'

/** A registrar that tells who handles what. */
class FakeRegistrar {
  readonly handlers = new Map<string, { handler: StreamHandler; options: StreamHandlerOptions }>()
  async handle(protocol: string, handler: StreamHandler, options: StreamHandlerOptions): Promise<void> {
    if (this.handlers.has(protocol) && options.force !== true) throw new Error('handled already')
    this.handlers.set(protocol, { handler, options })
  }
  async unhandle(protocols: string | string[]): Promise<void> {
    for (const protocol of [protocols].flat()) this.handlers.delete(protocol)
  }
  getHandler(protocol: string) {
    const record = this.handlers.get(protocol)
    if (record === undefined) throw new Error('not handled')
    return record
  }
}

const at = (path: string): Endpoint => ({ kind: 'unix', path })
const [A, B] = [at('/a'), at('/b')]
const lines: string[] = []
const log = createLog({ write: line => lines.push(line) })
let registrar: FakeRegistrar
let handlers: Handlers
beforeEach(() => {
  registrar = new FakeRegistrar()
  handlers = new Handlers(registrar as unknown as Registrar, 5, log)
})

/** Which application would get a stream: what is logged when it cannot be reached. */
async function whoServes(protocol: string): Promise<string> {
  let reason = ''
  const stream = {
    protocol,
    pause: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
    abort: (error: Error) => {
      reason = error.message
    },
  }
  await registrar.handlers.get(protocol)?.handler(stream as never, { remotePeer: 'somebody' } as never)
  return reason
}

test('what is removed is no longer announced; what nobody has registered there cannot be removed', async () => {
  await handlers.set(['/x', '/y'], A, undefined)
  await expect(handlers.remove(['/x', '/never'], A)).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
    message: 'handler for protocol /never does not exist',
  })
  await expect(handlers.remove(['/x'], B)).rejects.toThrow('handler for protocol /x with maddr /unix/b does not exist')
  expect([...registrar.handlers.keys()]).toEqual(['/x', '/y'])
  await handlers.remove(['/x', '/y'], A)
  expect(registrar.handlers.size).toBe(0)
  expect(handlers.size).toBe(0)
})

test('a registration ends with its owner, and the one before it serves again', async () => {
  const [first, second] = [new AbortController(), new AbortController()]
  await handlers.set(['/x'], A, first.signal)
  await handlers.set(['/x', '/z'], B, second.signal)
  expect(await whoServes('/x')).toContain('/b')
  second.abort()
  expect(await whoServes('/x')).toContain('/a')
  expect([...registrar.handlers.keys()]).toEqual(['/x'])
  first.abort()
  expect(registrar.handlers.size).toBe(0)
})

test('the end of an earlier owner changes nothing for the later one', async () => {
  const [first, second] = [new AbortController(), new AbortController()]
  await handlers.set(['/x'], A, first.signal)
  await handlers.set(['/x'], B, second.signal)
  first.abort()
  expect(await whoServes('/x')).toContain('/b')
  second.abort()
  expect(handlers.size).toBe(0)
})

test('one that stays takes the place of all others, as in go', async () => {
  const owner = new AbortController()
  await handlers.set(['/x'], A, owner.signal)
  await handlers.set(['/x'], B, undefined)
  owner.abort()
  expect(await whoServes('/x')).toContain('/b')
})

test('an owner that is gone already registers nothing', async () => {
  await handlers.set(['/x'], A, AbortSignal.abort())
  expect(handlers.size).toBe(0)
  expect(registrar.handlers.size).toBe(0)
})

test('what the daemon served itself comes back', async () => {
  const own: StreamHandler = () => {}
  await registrar.handle('/own', own, { maxInboundStreams: 3 })
  const owner = new AbortController()
  await handlers.set(['/own'], A, owner.signal)
  expect(registrar.getHandler('/own').handler).not.toBe(own)
  owner.abort()
  expect(registrar.getHandler('/own')).toMatchObject({ handler: own, options: { maxInboundStreams: 3 } })
})

test('so many protocols are handled and no more, whoever handles them', async () => {
  const owner = new AbortController()
  await handlers.set(['/1', '/2', '/3', '/4', '/5'], A, owner.signal)
  await handlers.set(['/5', '/5'], B, undefined)
  await expect(handlers.set(['/5', '/6'], A, undefined)).rejects.toThrow('-maxHandlers')
  expect(await whoServes('/5')).toContain('/b')
  owner.abort()
  await handlers.set(['/6'], A, undefined)
  expect(handlers.size).toBe(2)
})

test('of those that wait for their turn the oldest are forgotten', async () => {
  const owners = Array.from({ length: 17 }, () => new AbortController())
  for (const [index, { signal }] of owners.entries()) await handlers.set(['/x'], at(`/${index}`), signal)
  for (const owner of owners.slice(2)) owner.abort()
  expect(await whoServes('/x')).toContain('/1')
  owners[1]?.abort()
  expect(handlers.size).toBe(0)
})

test('after the daemon’s end owners are of no interest', async () => {
  const owner = new AbortController()
  await handlers.set(['/x'], A, owner.signal)
  handlers.stop()
  owner.abort()
  expect(registrar.handlers.size).toBe(1)
})
