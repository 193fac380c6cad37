import { expect, test } from 'vitest'
import { AddressPool, parseSubnet } from './network.ts'

test('all addresses but those of the network itself are handed out, the longest unused first', () => {
  const pool = new AddressPool({ ...parseSubnet('172.18.255.248/29'), gateway: '172.18.255.249' })
  const all = Array.from({ length: 5 }, () => pool.take())
  expect(all).toEqual(['172.18.255.250', '172.18.255.251', '172.18.255.252', '172.18.255.253', '172.18.255.254'])
  expect(() => pool.take()).toThrow('no free address')
  pool.giveBack('172.18.255.252')
  pool.giveBack('172.18.255.250')
  expect([pool.take(), pool.take()]).toEqual(['172.18.255.252', '172.18.255.250'])
})

test('a large network is counted across its bytes', () => {
  const pool = new AddressPool({ ...parseSubnet('10.0.0.0/8'), gateway: '10.0.0.1' })
  const taken = Array.from({ length: 300 }, () => pool.take())
  expect(taken.at(-1)).toBe('10.0.1.45')
})

test('a range that is not IPv4 is refused', () => {
  expect(() => parseSubnet('fd00::/64')).toThrow('expected IPv4')
})
