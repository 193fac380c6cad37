import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { startDaemon } from './start.ts'

test('VERSION names the daemon, its libraries and what its flags have switched on', async () => {
  await using daemon = await startDaemon(['-tls=false', '-muxer', 'mplex'])
  const { name, version, protocolRevision, implementation, features } = await daemon.client.version()
  expect({ name, version, protocolRevision }).toEqual({ name: 'p2pd', version: manifest.version, protocolRevision: 1 })
  expect(implementation).toMatchObject({ libp2p: manifest.dependencies.libp2p, node: expect.stringMatching(/^\d+\./) })
  expect([...features]).toEqual(expect.arrayContaining(['request/version', 'muxer/mplex', 'security/noise']))
  expect(features.has('security/tls')).toBe(false)
})
