import { expect, test } from 'vitest'
import { relocate } from './place.ts'

test('flags move with the daemon, and only the loopback addresses in them', () => {
  const flags = {
    hostAddrs: '/ip4/127.0.0.1/tcp/0,/ip4/10.0.0.9/tcp/1/p2p/x/p2p-circuit',
    listen: '/unix/tmp/127.0.0.1',
    q: false,
    n: 7,
  }
  expect(relocate(flags, '127.0.0.1')).toEqual(flags)
  expect(relocate(flags, '10.0.0.2')).toEqual({
    ...flags,
    hostAddrs: '/ip4/10.0.0.2/tcp/0,/ip4/10.0.0.9/tcp/1/p2p/x/p2p-circuit',
  })
})
