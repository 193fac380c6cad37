import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { type ResolveTxt, resolveDnsaddrs } from './dnsaddr.ts'

const A = '/p2p/QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN'
const B = '/p2p/QmQCU2EcMqAqQPR2i9bChDtGNJchTbq5TbXJJ16u19uLTa'
const RUNNING = new AbortController().signal

/** A name server with these records; it knows no other names. */
function zone(records: Readonly<Record<string, readonly string[]>>): ResolveTxt {
  return async name => {
    const texts = records[name]
    if (texts === undefined) throw new Error(`queryTxt ENOTFOUND ${name}`)
    return texts
  }
}

async function resolve(addresses: readonly string[], records: Readonly<Record<string, readonly string[]>>) {
  const resolved = await resolveDnsaddrs(
    addresses.map(address => multiaddr(address)),
    RUNNING,
    zone(records),
  )
  return resolved.map(String)
}

test('a name stands for the addresses in its records that end in the same peer', async () => {
  const records = {
    '_dnsaddr.example.org': [
      `dnsaddr=/ip4/1.2.3.4/tcp/1${A}`,
      `dnsaddr=/ip4/1.2.3.4/tcp/2${B}`,
      `dnsaddr=/ip6/::1/tcp/3${A}`,
      'v=spf1 -all',
      `dnsaddr=/no-such-protocol/x${A}`,
    ],
  }
  expect(await resolve([`/dnsaddr/example.org${A}`], records)).toEqual([`/ip4/1.2.3.4/tcp/1${A}`, `/ip6/::1/tcp/3${A}`])
})

test('a name may point at other names', async () => {
  const records = {
    '_dnsaddr.example.org': [`dnsaddr=/dnsaddr/one.example.org${A}`, `dnsaddr=/dnsaddr/gone.example.org${A}`],
    '_dnsaddr.one.example.org': [`dnsaddr=/dns4/one.example.org/tcp/1${A}`],
  }
  expect(await resolve([`/dnsaddr/example.org${A}`], records)).toEqual([`/dns4/one.example.org/tcp/1${A}`])
})

test('names that point at each other, and a name that points at everybody, come to an end', async () => {
  const loop = {
    '_dnsaddr.a': [`dnsaddr=/dnsaddr/b${A}`],
    '_dnsaddr.b': [`dnsaddr=/dnsaddr/a${A}`, `dnsaddr=/ip4/1.2.3.4/tcp/1${A}`],
  }
  expect(await resolve([`/dnsaddr/a${A}`], loop)).toEqual([`/ip4/1.2.3.4/tcp/1${A}`])
  const flood = { '_dnsaddr.a': Array.from({ length: 2_000 }, (_, port) => `dnsaddr=/ip4/1.2.3.4/tcp/${port + 1}${A}`) }
  expect(await resolve([`/dnsaddr/a${A}`], flood)).toHaveLength(1_000)
})

test('other addresses stay, whatever becomes of the names', async () => {
  const addresses = [`/ip4/1.2.3.4/tcp/1${A}`, `/dnsaddr/gone.example.org${A}`, `/dns4/example.org/tcp/2${A}`]
  expect(await resolve(addresses, {})).toEqual([addresses[0], addresses[2]])
})
