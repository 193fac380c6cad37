import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepare } from '../../harness/implementation.ts'
import { loadManifest } from '../../harness/manifest.ts'
import { playInNamespace, whyNoNamespace } from './namespace/play.ts'
import { ROOT } from './start.ts'

const reason = whyNoNamespace()
const suffix = reason === undefined ? '' : ` (skipped: ${reason})`

test.skipIf(reason)(`a public address is announced as soon as it is listened on${suffix}`, async () => {
  const address = expect.stringMatching(/^\/ip4\/9\.9\.9\.1\/tcp\/\d+$/)
  expect(await playInNamespace('public-address.ts')).toEqual({ identified: [address], printed: [address] })
})

test.skipIf(reason)(`-natPortMap does no harm where no router answers${suffix}`, async () => {
  expect(await playInNamespace('no-gateway.ts')).toEqual([expect.stringMatching(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+$/)])
})

test.skipIf(reason)(
  `-natPortMap announces the address that a router forwards${suffix}`,
  { timeout: 60_000 },
  async () => {
    const { announced, mapped } = (await playInNamespace('gateway.ts')) as { announced: string[]; mapped: string[] }
    const [inside, outside] = announced
    expect(inside).toMatch(/^\/ip4\/192\.168\.7\.2\/tcp\/\d+$/)
    expect(outside).toBe(inside?.replace('192.168.7.2', '9.9.9.9'))
    expect(mapped).toEqual(['192.168.7.2'])
  },
)

test.skipIf(reason)(
  `go’s daemon and ours tell each other that they can be reached${suffix}`,
  { timeout: 300_000 },
  async context => {
    const go = await prepare(await loadManifest(join(ROOT, 'implementations'), 'go'))
    if (go.status === 'missing') return context.skip(go.reason)
    const said = await playInNamespace('autonat.ts', go.command)
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringContaining('told go whether it can be reached: OK'),
        expect.stringContaining('this peer is public, says go'),
      ]),
    )
  },
)
