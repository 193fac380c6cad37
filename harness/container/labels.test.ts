import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { until } from '../until.ts'
import { isDead, thisOwner } from './labels.ts'

test('a process that runs is alive, and so is one of another machine for all that is known', () => {
  expect(isDead(thisOwner())).toBe(false)
  expect(isDead('another-machine 1 2')).toBe(false)
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
