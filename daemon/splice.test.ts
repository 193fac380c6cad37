import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { streamPair } from '@libp2p/utils'
import { expect, test } from 'vitest'
import { until } from '../harness/until.ts'
import { splice } from './splice.ts'

test('an application that has reset its TCP socket before the pipe existed: the remote is told at once', async () => {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const application = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = (await once(server, 'connection')) as [Socket]
  // Node sends the end first, which the daemon may read as a half-close, and the reset behind it
  application.write('hello')
  application.resetAndDestroy()
  await once(application, 'close')

  const [stream, remote] = await streamPair()
  let got = ''
  remote.addEventListener('message', ({ data }) => {
    got += Buffer.from(data.subarray())
  })
  void splice(socket, stream, 'tcp')
  await until(() => remote.status === 'reset', { deadline: 4_000, what: 'the remote’s stream to be reset' })
  expect(got).toBe('hello')
  server.close()
})

test('an application that has ended and closed its socket: what it sent still gets through, when its stream is slow', async () => {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const application = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
  const [socket] = (await once(server, 'connection')) as [Socket]
  const [stream, remote] = await streamPair()
  let got = ''
  remote.addEventListener('message', ({ data }) => {
    got += Buffer.from(data.subarray())
  })
  const gate = Promise.withResolvers<void>()
  const close = stream.close.bind(stream)
  stream.close = async options => {
    await gate.promise
    await close(options)
  }
  const over = splice(socket, stream, 'tcp')
  await remote.close()
  await once(application.resume(), 'end')
  application.end('the answer')
  await once(socket, 'close')
  gate.resolve()
  await over
  await until(() => remote.remoteWriteStatus === 'closed', { deadline: 4_000, what: 'the end' })
  expect({ got, status: remote.status }).toEqual({ got: 'the answer', status: 'closed' })
  server.close()
})
