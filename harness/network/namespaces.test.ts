import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { HarnessError } from '../errors.ts'
import { probeNetwork } from './ability.ts'
import { createNamespace, createSibling, hold, type Rights } from './namespaces.ts'
import { buildNetwork } from './network.ts'

const run = promisify(execFile)

/** Whether the machine allows what is tested, found out without what is tested. */
const allows = (...words: string[]): Promise<boolean> =>
  run('unshare', [...words, 'true']).then(
    () => true,
    () => false,
  )
const allowed: Record<Rights, boolean> = { own: await allows('-Urnm'), machine: await allows('-n') }

describe.each(['own', 'machine'] as const)('namespaces with rights of %s', rights => {
  const skipped = allowed[rights] ? '' : ' (skipped: unshare is not permitted)'

  test.skipIf(!allowed[rights])(`have a network of their own, and a root of their own or not${skipped}`, async () => {
    await using space = await createNamespace(rights)
    await using sibling = await createSibling(space)
    expect(space.rights).toBe(rights)
    const ours = await Promise.all(['net', 'user'].map(name => readlink(`/proc/self/ns/${name}`)))
    const look = 'readlink /proc/self/ns/net; readlink /proc/self/ns/user; id -u'
    const [[net, user, uid], [other, same]] = (await Promise.all([space.run(look), sibling.run(look)])).map(text =>
      text.split('\n'),
    ) as [string[], string[]]
    expect(new Set([net, other, ours[0]]).size).toBe(3)
    expect(user === ours[1]).toBe(rights === 'machine')
    expect(await readlink(`/proc/${space.pid}/ns/user`)).toBe(user)
    expect(same).toBe(user)
    expect(uid).toBe('0')
    await space.run('ip link add one type veth peer name two')
    await space.run(`ip link set two netns ${sibling.pid}`)
    expect(await sibling.run('ip -o link show two')).toContain('two')
  })

  test.skipIf(!allowed[rights])(`are found to be possible, with these rights${skipped}`, async () => {
    const ability = await probeNetwork(rights)
    expect(ability.rights).toBe(rights)
    expect(ability.namespaces).toBeUndefined()
    await using network = await buildNetwork({ one: {} }, ability)
    expect(network.middle.rights).toBe(rights)
  })
})

/** A command that says who it is and holds until the end of its input, and the pid, once it is there. */
async function holder(last = 'exec cat') {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-hold-'))
  const file = join(folder, 'pid')
  return {
    command: ['sh', '-c', `echo $$ >'${file}'; echo ready; ${last}`],
    pid: async () => (await readFile(file, 'utf8')).trim(),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

const isGone = (pid: string): Promise<boolean> =>
  readFile(`/proc/${pid}/stat`).then(
    () => false,
    () => true,
  )

test('what a holder complains of is told, whether it ends or was never there', async () => {
  const complaint = (error: unknown): boolean => error instanceof HarnessError && /: no permission$/.test(error.message)
  await expect(hold(['sh', '-c', 'echo no permission >&2; exit 1'], 'own')).rejects.toSatisfy(complaint)
  await expect(hold(['/no/such/program'], 'own')).rejects.toMatchObject({ code: 'ERR_NETWORK' })
})

test('a holder whose namespace is not found is not left behind', async () => {
  await using one = await holder()
  const finding = hold(one.command, 'own', () => Promise.reject(new Error('nowhere')))
  await expect(finding).rejects.toThrow('nowhere')
  expect(await isGone(await one.pid())).toBe(true)
})

test('with a namespace goes what holds it and what is kept in it, whether or not it heeds the end of its input', async () => {
  await using one = await holder()
  await using deaf = await holder('exec sleep 60 <&-')
  const space = await hold(one.command, 'own')
  const stubborn = await hold(deaf.command, 'own')
  await Promise.all([space, stubborn].map(each => each[Symbol.asyncDispose]()))
  expect(await Promise.all([one, deaf].map(async each => isGone(await each.pid())))).toEqual([true, true])
})

test.skipIf(!allowed.own)('a script that fails says why, and what is kept ends with the namespace', async () => {
  await using kept = await holder()
  const space = await createNamespace('own')
  try {
    await expect(space.run('echo no such thing >&2; exit 3')).rejects.toMatchObject({
      code: 'ERR_NETWORK',
      message: expect.stringMatching(/: no such thing$/),
    })
    await space.keep(kept.command)
    expect(await isGone(await kept.pid())).toBe(false)
  } finally {
    await space[Symbol.asyncDispose]()
  }
  expect(await isGone(await kept.pid())).toBe(true)
})
