import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
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
