import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const NOTICE =
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d registering pprof debug http handler at: (http:\/\/localhost:\d+\/debug\/pprof\/)$/

const stderrOf = ({ process }: TestDaemon): string[] =>
  process.output.lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text)

let daemon: TestDaemon
let url: string
beforeAll(async () => {
  daemon = await startDaemon(['-pprof', '-log', 'error'])
  url = await until(() => stderrOf(daemon).flatMap(line => NOTICE.exec(line)?.[1] ?? [])[0], {
    deadline: 10_000,
    what: 'go’s notice',
  })
})
afterAll(() => daemon[Symbol.asyncDispose]())

const get = async (path: string): Promise<{ status: number; body: Buffer }> => {
  const response = await fetch(new URL(path, url))
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) }
}

test('it takes one of go’s ports, and says which in go’s words', () => {
  const port = Number(new URL(url).port)
  expect(port).toBeGreaterThanOrEqual(6060)
  expect(port).toBeLessThanOrEqual(7080)
  expect(stderrOf(daemon)).toHaveLength(1)
})

test('a CPU profile of a busy daemon, for go’s tools and for V8’s', async () => {
  const busy = new AbortController()
  const work = (async () => {
    while (!busy.signal.aborted) await daemon.client.identify()
  })()
  const options = { timeout: 15_000 }
  const go = async (): Promise<string[]> =>
    Profile.decode(gunzipSync((await get('profile?seconds=0.3')).body)).stringTable.strings
  await expect.poll(go, options).toContain('serveConnection')
  const v8 = async (): Promise<string[]> => {
    const { nodes } = JSON.parse((await get('profile?seconds=0.3&format=v8')).body.toString())
    return nodes.map(({ callFrame }: { callFrame: { functionName: string } }) => callFrame.functionName)
  }
  await expect.poll(v8, options).toContain('serveConnection')
  busy.abort()
  await work
})

test('a heap profile, for go’s tools and for V8’s', async () => {
  const profile = Profile.decode(gunzipSync((await get('heap')).body))
  expect(profile.sample.length).toBeGreaterThan(0)
  const { head } = JSON.parse((await get('heap?format=v8')).body.toString())
  expect(head.callFrame.functionName).toBe('(root)')
})

test('one CPU profile at a time; one whose client has left makes room', async () => {
  const left = new AbortController()
  const first = fetch(new URL('profile?seconds=300', url), { signal: left.signal })
  first.catch(() => {})
  await expect.poll(async () => (await get('profile?seconds=0.01')).status).toBe(500)
  expect((await get('profile?seconds=0.01')).body.toString()).toBe(
    'Could not enable CPU profiling: cpu profiling already in use\n',
  )
  left.abort()
  await expect.poll(async () => (await get('profile?seconds=0.01')).status).toBe(200)
})

test.each([
  ['profile?seconds=301', 400, 'seconds must be more than 0, and 300 at most\n'],
  ['profile?seconds=-1', 400, 'seconds must be more than 0, and 300 at most\n'],
  ['profile?seconds=x', 400, 'seconds must be more than 0, and 300 at most\n'],
  ['heap?format=png', 400, 'unknown format png; must be pprof or v8\n'],
  ['goroutine', 404, '404 page not found\n'],
  ['/', 404, '404 page not found\n'],
])('%s: %i', async (path, status, body) => {
  const response = await get(path)
  expect({ status: response.status, body: response.body.toString() }).toEqual({ status, body })
})

test('the index says what there is', async () => {
  const { status, body } = await get('')
  expect(status).toBe(200)
  expect(body.toString()).toContain('go tool pprof')
})

/** Asks as a browser might, which `fetch` does not allow. */
async function ask(headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  const asking = request(new URL('heap', url), { headers, method })
  asking.end()
  const [response] = await once(asking, 'response')
  await text(response)
  return response.statusCode
}

test('web pages get nothing, whatever name they have made mean this machine', async () => {
  const { port } = new URL(url)
  expect(await ask({ host: `localhost:${port}` })).toBe(200)
  expect(await ask({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await ask({ host: `attacker.example:${port}` })).toBe(403)
  expect(await ask({ host: `localhost.attacker.example:${port}` })).toBe(403)
  expect(await ask({ host: `localhost:${port}`, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await ask({ host: `localhost:${port}` }, 'POST')).toBe(405)
})

test('a port that is taken: one line, and the daemon serves on', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  await using other = await startDaemon(['-pprof', '-pprofPort', String(port)])
  await other.client.identify()
  expect(stderrOf(other).map(line => line.slice(20))).toEqual([
    `error registering pprof debug http handler at: localhost:${port}: listen tcp 127.0.0.1:${port}: bind: address already in use`,
  ])
  taken.close()
})
