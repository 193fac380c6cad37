import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { until } from '../until.ts'
import { probeNetwork, whyNotBuilt } from './ability.ts'
import { buildNetwork, type Network } from './network.ts'

const run = promisify(execFile)

const abilities = [await probeNetwork('own'), await probeNetwork('machine')]
const topology = {
  public: {},
  hidden: { behind: 'nat' },
  picky: { behind: 'symmetric-nat' },
  far: { delay: 20 },
} as const

test('what cannot be built is refused with the reason that belongs to it', () => {
  const none = { namespaces: 'no namespaces', rights: 'own', netem: false } as const
  expect(whyNotBuilt({ a: {} }, none)).toBe('no namespaces')
  const some = { nat: 'no iptables', delay: 'no netem', rights: 'own', netem: false } as const
  expect(whyNotBuilt({ a: {}, b: { loss: 0.5, rate: 1 } }, some)).toBeUndefined()
  expect(whyNotBuilt({ a: {}, b: { behind: 'nat' } }, some)).toBe('no iptables')
  expect(whyNotBuilt({ a: { delay: 1 } }, some)).toBe('no netem')
  expect(whyNotBuilt({ a: { cuttable: true } }, { cut: 'no way to cut', rights: 'own', netem: false })).toBe(
    'no way to cut',
  )
})

/** Asks a host from another, by UDP; gives the address that it is seen from, or undefined where nothing comes back. */
async function ask(network: Network, from: string, to: string, ports = '1'): Promise<string[]> {
  const script = join(import.meta.dirname, 'fixtures/ask.ts')
  const seen = network.hosts[to]?.seen as string
  const [file, ...args] = [...(network.hosts[from]?.enter ?? []), process.execPath, script, seen, ports]
  const { stdout } = await run(file as string, args)
  return JSON.parse(stdout)
}

describe.each(abilities)('a network of namespaces, made with rights of $rights', { timeout: 120_000 }, ability => {
  const reason = whyNotBuilt(topology, ability)
  const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

  test.skipIf(reason)(`hosts reach each other, routers let nobody in, and keep ports or not${skipped}`, async () => {
    await using network = await buildNetwork(topology, ability)
    const { enter } = network.hosts.public as { enter: readonly string[] }
    const [file, ...args] = [...enter, process.execPath, join(import.meta.dirname, 'fixtures/answer.ts'), '2']
    const answering = spawn(file as string, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(answering.stdout, 'data')
    try {
      expect(await ask(network, 'far', 'public')).toEqual([expect.stringMatching(/^9\.9\.4\.2:/)])
      const [one, other] = await ask(network, 'hidden', 'public', '2')
      expect(one).toMatch(/^9\.9\.2\.2:/)
      expect(other).toBe(one)
      const [first, second] = await ask(network, 'picky', 'public', '2')
      expect(first).toMatch(/^9\.9\.3\.2:/)
      expect(second).not.toBe(first)
      expect(await ask(network, 'public', 'hidden')).toEqual([null])
      await network.cut('far')
      expect(await ask(network, 'far', 'public')).toEqual([null])
    } finally {
      answering.kill()
    }
  })

  test.skipIf(reason)(`nothing is left when the process that has built it is killed${skipped}`, async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/build.ts'), ability.rights], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [printed] = await once(child.stdout, 'data')
    const pids = JSON.parse(String(printed)) as number[]
    expect(pids.length).toBe(2)
    child.kill('SIGKILL')
    const gone = async () => (await Promise.all(pids.map(isGone))).every(Boolean)
    await until(gone, { deadline: 20_000, what: 'the namespaces to be gone' })
  })
})

function isGone(pid: number): Promise<boolean> {
  return readFile(`/proc/${pid}/comm`, 'utf8').then(
    name => name.trim() !== 'cat',
    () => true,
  )
}
