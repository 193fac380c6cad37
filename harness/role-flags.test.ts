import { expect, test } from 'vitest'
import { type Cell, layOut } from './cell.ts'
import { roleFlags, startsLate } from './role-flags.ts'
import { defineScenario, type Player } from './scenario.ts'

const run = async (): Promise<void> => {}

const scenario = defineScenario({
  name: 'network',
  title: 'A network',
  roles: ['veteran', 'newcomer'],
  needs: { veteran: ['dht'] },
  flags: { '*': { connLo: 1, connHi: 2 }, veteran: { connLo: 3 } },
  checks: {
    plain: { title: 'Plain', run },
    special: {
      title: 'Special',
      needs: ['floodsub'],
      flags: {
        '*': { connHi: 4 },
        veteran: { dhtServer: false, dhtClient: true },
        newcomer: ({ veteran }) => ({ b: true, bootstrapPeers: veteran.printedAddrs.join() }),
      },
      run,
    },
  },
})

const [plain, special] = layOut([scenario], ['js']) as [Cell, Cell]
const stack = { hostAddrs: '/ip4/127.0.0.1/tcp/0', noise: true, tls: false, plaintext: false, muxer: 'yamux' }

test('a role gets the flags of the stack, of what it needs, and of its scenario', () => {
  expect(roleFlags('veteran', plain, scenario, {})).toEqual({ ...stack, dhtServer: true, connLo: 3, connHi: 2 })
  expect(roleFlags('newcomer', plain, scenario, {})).toEqual({ ...stack, connLo: 1, connHi: 2 })
})

test('the check adds to these, and has the last word', () => {
  expect(roleFlags('veteran', special, scenario, {})).toEqual({
    ...stack,
    dhtServer: false,
    dhtClient: true,
    pubsub: true,
    pubsubRouter: 'floodsub',
    connLo: 3,
    connHi: 4,
  })
})

test('a role whose flags are made of what others say starts after them', () => {
  expect([startsLate('veteran', special, scenario), startsLate('newcomer', special, scenario)]).toEqual([false, true])
  expect(startsLate('newcomer', plain, scenario)).toBe(false)
  const veteran = { printedAddrs: ['/a', '/b'] } as unknown as Player
  expect(roleFlags('newcomer', special, scenario, { veteran })).toMatchObject({ b: true, bootstrapPeers: '/a,/b' })
})
