import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CAPTURE_FILE } from '../../harness/capture.ts'
import { openSite } from '../../harness/container/containers.ts'
import { docker } from '../../harness/container/engine.ts'
import { holdContainer, probeHosts } from '../../harness/container/host.ts'
import { IMPLEMENTATION_LABEL, OWNER_LABEL, thisOwner } from '../../harness/container/labels.ts'
import { findExecutable } from '../../harness/executable.ts'
import { until } from '../../harness/until.ts'
import type { Results } from '../../reports/results.ts'
import { ROOT, readResults, remains, scenarios, whyNoEngine } from './cli.ts'

const reason = await whyNoEngine()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const hosts = reason === undefined ? await probeHosts() : { missing: reason }
const noCapture = (await findExecutable('tcpdump')) === undefined ? ' (skipped: tcpdump is not installed)' : ''
const noHosts = 'missing' in hosts ? ` (skipped: ${hosts.missing})` : ''

/** Minutes: images are built, and each daemon's container is made and removed. */
const PATIENCE = 10 * 60_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-containers-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('without an engine nothing is played, and the reason is told', { timeout: PATIENCE }, async () => {
  const args = ['--runtime', 'container', '--impl', 'js', '--filter', 'connect/connects']
  const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }
  const { code, stderr } = await scenarios(join(folder, 'none'), args, env)
  expect(code).toBe(2)
  expect(stderr).toMatch(/none of 1 cells can be played: (docker is not installed|no container engine answers)/)
})

describe.skipIf(reason)(`with an engine${skipped}`, { timeout: PATIENCE }, () => {
  /** What is different in containers: sockets, addresses, the network between daemons, who listens where. */
  const filters = [
    'identify/plain-addresses',
    'connect/connects',
    'connect/timeout',
    'streams/half-close',
    'streams/early-data',
    'streams/tcp-handler',
    'websocket/half-close',
    'quic/half-close',
    'relay/streams',
    'relay/becomes-direct',
    'dht/find-connected-peer',
    'dht-errors/timeouts',
    'pubsub/delivers',
    'network-links/far',
    'network-links/lossy',
    'network-change/new-address',
    'network-nat/through-relay',
    'network-nat/hole-punching',
    'network-nat/symmetric-nat',
  ].flatMap(filter => ['--filter', filter])

  const networks = ['network-links', 'network-change', 'network-nat']

  test('the verdicts are those of the same daemons outside of containers, cell by cell', async () => {
    const native = join(folder, 'native')
    const container = join(folder, 'container')
    const args = ['--impl', 'js,go', ...filters]
    await scenarios(native, args)
    await scenarios(container, ['--runtime', 'container', ...args])
    const [outside, inside] = await Promise.all([native, container].map(readResults))
    expect(verdicts(inside)).toEqual(verdicts(outside))
    expect({ outside: outside?.runtime, inside: inside?.runtime }).toEqual({ outside: undefined, inside: 'container' })
    const scenariosPassed = inside?.cells.filter(({ outcome }) => outcome === 'pass').map(({ scenario }) => scenario)
    expect(scenariosPassed).toEqual(expect.arrayContaining(['connect', ...(noHosts ? [] : networks)]))
  })

  test('daemons in containers are controlled through TCP as well', async () => {
    const report = join(folder, 'tcp')
    const args = ['--runtime', 'container', '--control', 'tcp', '--impl', 'js,go', '--filter', 'streams/echo/']
    const { code, stdout } = await scenarios(report, args)
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('4 passed') })
    const [cell] = (await readResults(report)).cells
    const replay = await readFile(join(report, cell?.evidence as string, 'replay.txt'), 'utf8')
    expect(replay).toMatch(/^npm run scenarios -- --replay '.*' --runtime container --control tcp$/m)
    expect(replay).toMatch(/docker run --rm --pull never .* -listen \/ip4\/\d+\.\d+\.\d+\.\d+\/tcp\/0 /)
  })

  test.skipIf(noCapture)(`packets between containers are captured${noCapture}`, async () => {
    const report = join(folder, 'captured')
    const filters = ['connect/connects/', ...(noHosts ? [] : ['network-change/new-address/'])]
    await play(['--pcap', '--impl', 'go', ...filters.flatMap(filter => ['--filter', filter])], report)
    const { cells } = await readResults(report)
    const captures = cells.map(({ evidence }) => readFile(join(report, evidence as string, CAPTURE_FILE)))
    expect(captures).toHaveLength(filters.length)
    // what either side proposes first, in the clear
    for (const capture of captures) expect(`${await capture}`).toContain('/multistream/1.0.0')
  })

  test('anybody’s image is played beside daemons that are processes', async () => {
    const image = `p2pd-test/stranger:${process.pid}`
    const report = join(folder, 'stranger')
    await play(['--impl', 'go', '--filter', 'identify/as-printed'])
    await docker(['tag', await goImage(), image])
    try {
      const args = ['--impl', 'js', '--impl', `mine=image:${image}`, '--filter', 'connect/connects']
      const { code, stdout } = await scenarios(report, args)
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('4 passed') })
      const { implementations } = await readResults(report)
      const mine = implementations.find(({ name }) => name === 'mine')
      expect(mine).toMatchObject({ title: 'mine', version: '0.9.2' })
      // it was asked, as a command is
      const missing = mine?.capabilities?.filter(capability => capability.missing !== undefined)
      expect(missing?.map(({ feature }) => feature)).toEqual(['peerstore', 'events', 'version', 'handler-removal'])
    } finally {
      await docker(['rmi', image])
    }
  })

  test('an image that is not there is not fetched, and one that runs no command is refused', async () => {
    const playImage = (image: string) => scenarios(join(folder, 'refused'), ['--impl', `mine=image:${image}`])
    expect(await playImage('my/p2pd:dev')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('implementation mine: the image my/p2pd:dev is not built; '),
    })
    const image = `p2pd-test/empty:${process.pid}`
    const archive = join(folder, 'empty.tar')
    await writeFile(archive, Buffer.alloc(10_240))
    await docker(['import', archive, image])
    try {
      expect(await playImage(image)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`the image ${image} has no ENTRYPOINT`),
      })
    } finally {
      await docker(['rmi', image])
    }
  })

  const played = ['streams/', ...(noHosts ? [] : ['network-links/'])]

  test.for(played)('Ctrl-C in the middle of %s leaves no container and no network behind', async filter => {
    const child = await untilPlaying('interrupted', filter)
    // as a terminal does it
    process.kill(-(child.pid as number), 'SIGINT')
    expect(await once(child, 'exit')).toEqual([130, null])
    expect(await remains(child.pid)).toEqual([])
    const { cells, faults } = await readResults(join(folder, 'interrupted'))
    expect(faults).toEqual([
      expect.stringMatching(/^the run was interrupted by SIGINT: \d+ of \d+ cells were not played$/),
    ])
    const others = cells.filter(({ outcome }) => !['pass', 'xfail', 'unsupported', 'skipped'].includes(outcome))
    expect(others).toEqual([])
  })

  test.for(played)('a second Ctrl-C in the middle of %s leaves none either', async filter => {
    const child = await untilPlaying('impatient', filter)
    const group = -(child.pid as number)
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      said += text
    })
    process.kill(group, 'SIGINT')
    await until(() => /Once more/.test(said), { deadline: PATIENCE / 2, what: 'the first one to be noticed' })
    process.kill(group, 'SIGINT')
    expect((await once(child, 'exit'))[0]).toBe(130)
    const gone = async () => (await remains(child.pid)).length === 0
    await until(gone, { deadline: PATIENCE / 2, interval: 200, what: 'the containers to be removed' })
  })

  test.for(played)('a harness that is killed while it plays %s leaves none either', async filter => {
    const child = await untilPlaying('killed', filter)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const gone = async () => (await remains(child.pid)).length === 0
    await until(gone, { deadline: PATIENCE / 2, interval: 200, what: 'the containers to be removed' })
  })

  test.skipIf(noHosts)(`a container is a host only as long as it is held${noHosts}`, async () => {
    const hostImage = 'image' in hosts ? hosts.image : undefined
    await using opened = await openSite({ isolated: false, folder, hostImage })
    const host = await holdContainer(opened.site)
    expect(await remains(process.pid)).toHaveLength(1)
    await host[Symbol.asyncDispose]()
    const gone = async () => (await remains(process.pid)).length === 0
    await until(gone, { deadline: PATIENCE / 2, interval: 200, what: 'the container to be removed' })
  })

  test('what a dead harness has left is removed by the next run, and what belongs to a living one is not', async () => {
    const [machine, pid, started] = thisOwner().split(' ')
    const dead = Number(pid) + 2 ** 23
    const create = async (owner: string, name: string) => {
      await docker(['network', 'create', '--label', `${OWNER_LABEL}=${owner}`, `p2pd-test-${name}-${pid}`])
      await docker(['create', '--label', `${OWNER_LABEL}=${owner}`, await goImage()])
    }
    await play(['--impl', 'go', '--filter', 'identify/as-printed'])
    await create(`${machine} ${dead} ${started}`, 'dead')
    await create(thisOwner(), 'living')
    await play(['--impl', 'go', '--filter', 'identify/as-printed'])
    expect(await remains(dead)).toEqual([])
    const living = await remains(process.pid)
    expect(living).toHaveLength(2)
    const [container = '', network = ''] = living.map(line => line.split(' ')[0] as string)
    await docker(['rm', container])
    await docker(['network', 'rm', network])
  })

  async function play(args: readonly string[], report = join(folder, 'play')): Promise<void> {
    expect(await scenarios(report, ['--runtime', 'container', ...args])).toMatchObject({ code: 0 })
  }

  async function goImage(): Promise<string> {
    const filter = `label=${IMPLEMENTATION_LABEL}=go`
    return (await docker(['images', '--filter', filter, '--format', '{{.ID}}'])).split('\n')[0] as string
  }

  /** A harness in the middle of a run. */
  async function untilPlaying(name: string, filter = 'streams/') {
    const args = ['--runtime', 'container', '--impl', 'go', '--filter', filter, '--report', join(folder, name)]
    const child = spawn(process.execPath, ['harness/cli.ts', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    const running = async () => {
      expect(child.exitCode, 'the exit code of a harness that should be playing').toBeNull()
      return (await remains(child.pid)).length > 2
    }
    await until(running, { deadline: PATIENCE / 2, interval: 200, what: 'containers of the run' })
    return child
  }
})

function verdicts(results: Results | undefined): Record<string, string> {
  return Object.fromEntries(results?.cells.map(({ path, outcome }) => [path, outcome]) ?? [])
}
