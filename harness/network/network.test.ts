import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { until } from '../until.ts'
import { type NetworkAbility, probeNetwork, whyNotBuilt } from './ability.ts'
import { createNamespace } from './namespaces.ts'
import { buildNetwork, type Network } from './network.ts'
import type { Attachment } from './topology.ts'

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

test.each([
  ['nat', { behind: 'nat' }],
  ['nat', { behind: 'symmetric-nat' }],
  ['delay', { delay: 1 }],
  ['loss', { loss: 0.1 }],
  ['rate', { rate: 1 }],
  ['cut', { cuttable: true }],
] satisfies [keyof NetworkAbility, Attachment][])('without %s there is no host with %j', (lacking, attachment) => {
  const ability = { rights: 'own', netem: false, [lacking]: 'a reason' } as const
  expect(whyNotBuilt({ a: {}, b: attachment }, ability)).toBe('a reason')
  expect(whyNotBuilt({ a: {} }, ability)).toBeUndefined()
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

  const linked = { slow: { delay: 20 }, lossy: { loss: 0.25 }, narrow: { rate: 3 }, cut: { cuttable: true } } as const
  const noLinks = whyNotBuilt(linked, ability)

  test.skipIf(noLinks)(`links delay, lose, limit and are cut${noLinks ? ` (skipped: ${noLinks})` : ''}`, async () => {
    await using network = await buildNetwork(linked, ability)
    const { middle } = network
    const [link, queues] = [await middle.run('ip -d link show in1'), await middle.run('tc qdisc show')]
    const rules = await middle.run('iptables -S FORWARD')
    if (ability.netem) {
      for (const what of [/in1 .*delay 20ms/, /in2 .*loss 25%/, /in3 .*rate 3Mbit/]) expect(queues).toMatch(what)
    } else {
      expect(link).toContain('tun type tun')
      expect(queues).toMatch(/tbf .* dev in3 .*rate 3Mbit/)
      for (const way of ['-i', '-o']) expect(rules).toMatch(new RegExp(`${way} in2 .*--probability 0.25`))
    }
    expect(rules).not.toContain('in4')
    await network.cut('cut')
    const cut = await middle.run('iptables -S FORWARD')
    for (const way of ['-i', '-o']) expect(cut).toContain(`-A FORWARD ${way} in4 -j DROP`)
    await expect(network.cut('nobody')).rejects.toThrow('there is no host for nobody on this network')
  })

  test.skipIf(reason)(`hosts get more addresses, and others${skipped}`, async () => {
    await using network = await buildNetwork({ one: {} }, ability)
    const own = async (): Promise<string[]> => {
      const [file, ...args] = [...(network.hosts.one?.enter ?? []), 'ip', '-o', '-4', 'address', 'show', 'dev', 'out']
      const { stdout } = await run(file as string, args)
      return [...stdout.matchAll(/inet ([\d.]+)/g)].map(([, ip]) => ip as string)
    }
    const first = await own()
    expect(first).toEqual([network.hosts.one?.ip])
    const added = await network.addAddress('one')
    expect(await own()).toEqual([...first, added])
    const other = await network.changeAddress('one')
    expect(await own()).toEqual([other])
  })

  test.skipIf(reason)(`a host may be made elsewhere; when one cannot be, the others go${skipped}`, async () => {
    const make = async () => ({ ...(await createNamespace(ability.rights)), container: 'container-1' })
    if (ability.rights === 'machine') {
      await using network = await buildNetwork({ one: {}, two: {} }, ability, role =>
        role === 'one' ? make() : undefined,
      )
      expect(network.hosts).toMatchObject({ one: { container: 'container-1' }, two: {} })
      expect(network.hosts.two).not.toHaveProperty('container')
    }
    let gone = false
    const late = async () => {
      const made = await make()
      const end = async (): Promise<void> => {
        await made[Symbol.asyncDispose]()
        gone = true
      }
      return { ...made, [Symbol.asyncDispose]: end }
    }
    const building = buildNetwork({ one: {}, two: {} }, ability, role =>
      role === 'one' ? Promise.reject(new Error('no engine')) : late(),
    )
    await expect(building).rejects.toThrow('no engine')
    expect(gone).toBe(true)
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
