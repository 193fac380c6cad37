import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type ControlServerOptions, listenControl } from './server.ts'

const unused: ControlServerOptions = {
  socketMode: 0o600,
  serve: () => {
    throw new Error('nobody should come')
  },
  onError: error => {
    throw error
  },
}

async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-server-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'control.sock')
}

test('the socket file is its owner’s alone from the moment it exists, and the umask is as before', async () => {
  const umask = process.umask(0)
  try {
    const path = await newPath()
    const listening = listenControl({ kind: 'unix', path }, { ...unused, socketMode: 0o666 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(process.umask()).toBe(0)
    const server = await listening
    expect(statSync(path).mode & 0o777).toBe(0o666)
    await server.close()
  } finally {
    process.umask(umask)
  }
})
