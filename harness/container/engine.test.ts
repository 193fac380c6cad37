import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { findExecutable } from '../executable.ts'
import { docker, findEngine } from './engine.ts'

afterEach(() => vi.unstubAllEnvs())

test('without the client, what is missing and how to get it', async () => {
  vi.stubEnv('PATH', '/nowhere')
  expect(await findEngine()).toEqual({
    missing: 'docker is not installed (needed to run containers); apt-get install docker.io',
  })
})

test('an engine that does not run, and one that says nothing', async context => {
  if ((await findExecutable('docker')) === undefined) return context.skip('docker is not installed')
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock')
  const reason =
    /^no container engine answers at unix:\/\/\/nowhere\/docker.sock \(docker version: .+\); unset DOCKER_HOST$/
  expect(await findEngine()).toEqual({ missing: expect.stringMatching(reason) })

  const deaf = createServer(() => {})
  await new Promise<void>(resolve => deaf.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('DOCKER_HOST', `tcp://127.0.0.1:${(deaf.address() as { port: number }).port}`)
  expect(await findEngine()).toEqual({ missing: expect.stringContaining('it says nothing in 1.5 s') })
  deaf.close()
})

test('what the client complains of is the error', async () => {
  vi.stubEnv('PATH', '/nowhere')
  await expect(docker(['ps'])).rejects.toMatchObject({ code: 'ERR_ENGINE', message: 'docker ps: spawn docker ENOENT' })
})
