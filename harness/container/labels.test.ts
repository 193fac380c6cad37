import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../until.ts'
import { isDead, runLabels, thisOwner } from './labels.ts'

test('a process that runs is alive, and so is one of another machine for all that is known', () => {
  expect(isDead(thisOwner())).toBe(false)
  expect(isDead('another-machine 1 2')).toBe(false)
})

test('a process is told by its machine, its kernel’s part in which its pid counts, and its start', async () => {
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  const namespace = await readlink('/proc/self/ns/pid')
  const [, started] = /\) (?:\S+ ){19}(\d+)/.exec(await readFile('/proc/self/stat', 'utf8')) ?? []
  expect(thisOwner()).toBe(`${boot}/${namespace} ${process.pid} ${started}`)
})

test('what a run creates says whose it is', () => {
  expect(runLabels('1a2b')).toEqual(['--label', 'p2pd.run=1a2b', '--label', `p2pd.owner=${thisOwner()}`])
})

test('a process is alive whatever its name', async ({ onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-labels-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await symlink('/bin/sleep', join(folder, 'a) Z 1 2'))
  const child = spawn(join(folder, 'a) Z 1 2'), ['60'])
  try {
    const stat = (): Promise<string> => readFile(`/proc/${child.pid}/stat`, 'utf8')
    await until(async () => (await stat()).includes('(a) Z 1 2) '), { deadline: 20_000, what: 'the name' })
    const [machine] = thisOwner().split(' ')
    const started = (await stat()).split(') ').at(-1)?.split(' ')[19]
    expect(isDead(`${machine} ${child.pid} ${started}`)).toBe(false)
  } finally {
    child.kill('SIGKILL')
  }
})

test('a process that has ended is dead, also when another has its pid', async () => {
  const [machine, pid, started] = thisOwner().split(' ')
  expect(isDead(`${machine} ${pid} ${Number(started) - 1}`)).toBe(true)
  const child = spawn('true')
  await once(child, 'exit')
  expect(isDead(`${machine} ${child.pid} ${started}`)).toBe(true)
})

test('a process that has ended is dead, also while its parent has yet to ask how', async () => {
  const [machine] = thisOwner().split(' ')
  // a shell that has become another program never asks; until then it might
  const script = 'until grep -q sleep /proc/$$/comm; do :; done & echo $!; exec sleep 60'
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [printed] = await once(parent.stdout, 'data')
    const pid = String(printed).trim()
    const fields = async () => (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
    await until(async () => (await fields())[0] === 'Z', { deadline: 20_000, what: 'the child to end' })
    expect(isDead(`${machine} ${pid} ${(await fields())[19]}`)).toBe(true)
  } finally {
    parent.kill('SIGKILL')
  }
})
