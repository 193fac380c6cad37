import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type LaunchOptions, launch } from './process.ts'
import { spawnGroup } from './process-group.ts'
import { until } from './until.ts'

/** What every toy daemon can do. */
const PRELUDE = `
const { spawn } = require('node:child_process')
const banner = () => {
  console.log('Control socket: /ip4/127.0.0.1/tcp/4001')
  console.log('Peer ID: 12D3KooWToy')
  console.log('Peer Addrs:')
  console.log('/ip4/127.0.0.1/tcp/4002')
}
const stay = () => setInterval(() => {}, 60_000)
console.log('pid ' + process.pid)
`

/** Starts a daemon written in the one line given; \`pids\` are those that it has printed. */
function launchToy(script: string, options: Partial<LaunchOptions> = {}) {
  const pids: number[] = []
  const daemon = launch({
    command: [process.execPath, '-e', PRELUDE + script, '--'],
    args: ['-listen', '/ip4/127.0.0.1/tcp/0'],
    onOutput: ({ text }) => {
      const pid = /^pid (\d+)$/.exec(text)?.[1]
      if (pid !== undefined) pids.push(Number(pid))
    },
    ...options,
  })
  return { daemon, pids }
}

/** A process that has ended and that nobody has asked about yet, a zombie, does not run. */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}

async function expectEnded(pid: number | undefined): Promise<void> {
  expect(pid).toBeGreaterThan(0)
  await until(() => !isRunning(pid as number), { deadline: 5_000, what: `the end of process ${pid}` })
}

/** Starts a grandchild that ignores SIGTERM. */
const GRANDCHILD = `spawn('sh', ['-c', 'trap "" TERM; echo pid $$; while :; do sleep 600; done'], { stdio: 'inherit' });`

test('a daemon that has started says where it is, and stops when asked', async () => {
  const { daemon } = launchToy(`process.on('SIGTERM', () => { console.error('bye'); process.exit(143) }); banner()
    stay()`)
  await using running = await daemon
  expect(running).toMatchObject({ controlAddress: '/ip4/127.0.0.1/tcp/4001', peerId: '12D3KooWToy' })
  await until(() => running.printedAddrs.length === 1, { deadline: 5_000, what: 'the address' })
  expect(running.printedAddrs).toEqual(['/ip4/127.0.0.1/tcp/4002'])
  expect(isRunning(running.pid)).toBe(true)

  expect(await running.stop()).toEqual({ code: 143, signal: null })
  expect(running.output.lines.at(-1)).toMatchObject({ stream: 'stderr', text: 'bye' })
  expect(await running.stop()).toEqual(await running.exited)
  expect(isRunning(running.pid)).toBe(false)
})

test('its flags follow its command, and its environment and folder are as given', async () => {
  const { daemon } = launchToy(
    'console.log(process.argv.slice(1).join(" "), process.env.COLOUR, process.cwd()); banner(); stay()',
    {
      env: { COLOUR: 'red' },
      cwd: '/',
    },
  )
  await using running = await daemon
  expect(running.output.tail()).toContain('-listen /ip4/127.0.0.1/tcp/0 red /')
})

test('one that ignores SIGTERM is killed', async () => {
  const { daemon } = launchToy(`process.on('SIGTERM', () => {}); banner(); stay()`, { stopWithin: 50 })
  await using running = await daemon
  expect(await running.stop()).toEqual({ code: null, signal: 'SIGKILL' })
})

test('its descendants end with it', async () => {
  const { daemon, pids } = launchToy(`${GRANDCHILD} banner(); stay()`)
  await using running = await daemon
  await until(() => pids.length === 2, { deadline: 5_000, what: 'the grandchild' })
  await running.stop()
  await expectEnded(pids[1])
})

describe('a start that fails', () => {
  test('because it ends', async () => {
    const { daemon } = launchToy(`console.error('no such flag'); process.exitCode = 2`)
    await expect(daemon).rejects.toMatchObject({ code: 'ERR_LAUNCH_EXITED' })
    await expect(daemon).rejects.toThrow(
      /-listen \/ip4\/127.0.0.1\/tcp\/0: exited with code 2 before it was ready; it said:\n.*no such flag$/s,
    )
  })

  test('because it says nothing, and all of it is dead by then', async () => {
    const { daemon, pids } = launchToy('', {
      command: ['sh', '-c', `echo pid $$; (trap '' TERM; echo pid $(exec sh -c 'echo $PPID'); sleep 600) & wait`],
      readyWithin: 1_000,
    })
    await expect(daemon).rejects.toMatchObject({ code: 'ERR_LAUNCH_TIMEOUT' })
    await expect(daemon).rejects.toThrow('no control socket, peer id and addresses printed in 1000 ms')
    expect(pids).toHaveLength(2)
    for (const pid of pids) await expectEnded(pid)
  })

  test('because its banner is on stderr', async () => {
    const { daemon } = launchToy('console.log = console.error; banner()')
    await expect(daemon).rejects.toMatchObject({ code: 'ERR_LAUNCH_EXITED' })
  })

  test('because there is no such program', async () => {
    const daemon = launch({ command: ['/no/such/p2pd'], args: [] })
    await expect(daemon).rejects.toMatchObject({
      code: 'ERR_SPAWN',
      message: 'cannot start /no/such/p2pd: spawn /no/such/p2pd ENOENT',
    })
  })

  test('because of an abort', async () => {
    const controller = new AbortController()
    const reason = new Error('the user has left')
    const { daemon, pids } = launchToy('stay()', { signal: controller.signal })
    const rejected = expect(daemon).rejects.toBe(reason)
    await until(() => pids.length === 1, { deadline: 5_000, what: 'the process' })
    controller.abort(reason)
    await rejected
    expect(isRunning(pids[0] as number)).toBe(false)
  })

  test('because of an abort beforehand', async () => {
    const { daemon } = launchToy('banner(); stay()', { signal: AbortSignal.abort(new Error('too late')) })
    await expect(daemon).rejects.toThrow('too late')
  })
})

test('an abort kills a daemon that runs', async () => {
  const controller = new AbortController()
  const { daemon } = launchToy('banner(); stay()', { signal: controller.signal })
  await using running = await daemon
  controller.abort()
  expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

describe('no daemon outlives the harness', () => {
  /** A harness that launches one and then does as it is told. */
  const harness = (act: string) => `
    import { launch } from ${JSON.stringify(join(import.meta.dirname, 'process.ts'))}
    const daemon = await launch({
      command: [process.execPath, '-e', ${JSON.stringify(`${PRELUDE} process.on('SIGTERM', () => process.exit(143)); banner(); stay()`)}],
      args: [],
    })
    const announce = () => console.log('daemon ' + daemon.pid)
    ${act}`

  const run = async (act: string, kill?: NodeJS.Signals) => {
    const group = await spawnGroup([process.execPath, '--input-type=module-typescript', '-e', harness(act)])
    const pid = await until(() => /^daemon (\d+)$/m.exec(group.output.tail())?.[1], {
      deadline: 10_000,
      what: 'the daemon',
    })
    // the daemon is in a group of its own: this reaches the harness alone
    if (kill !== undefined) group.kill(kill)
    const exit = await group.exited
    await expectEnded(Number(pid))
    return exit
  }

  test('when it exits', async () => {
    expect(await run('announce(); process.exit(7)')).toEqual({ code: 7, signal: null })
  })

  test('when it throws', async () => {
    expect(await run('announce(); throw new Error("broken")')).toEqual({ code: 1, signal: null })
  })

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('when it is ended by %s', async signal => {
    expect(await run('announce()', signal)).toEqual({ code: null, signal })
  })

  test('when it handles the signal itself, in its own time', async () => {
    const stop = `process.on('SIGTERM', async () => process.exit((await daemon.stop()).code)); announce()`
    expect(await run(stop, 'SIGTERM')).toEqual({ code: 143, signal: null })
  })
})
