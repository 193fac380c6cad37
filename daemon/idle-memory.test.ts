import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { IdleMemory, type Memory } from './idle-memory.ts'

const MIB = 2 ** 20
const INTERVAL = 10_000

/** Memory of which the test says how much is garbage. */
class FakeMemory implements Memory {
  live = 10 * MIB
  garbage = 0
  time = 1_000
  collections = 0

  cpuTime(): number {
    return this.time
  }

  used(): number {
    return this.live + this.garbage
  }

  collect(): void {
    this.collections += 1
    this.garbage = 0
    // it takes more time than an idle daemon does
    this.time += 500
  }
}

function watched(): { memory: FakeMemory; look(busy?: number): void } {
  const memory = new FakeMemory()
  const idle = new IdleMemory(memory)
  return {
    memory,
    look(busy = 10) {
      memory.time += busy
      idle.look(INTERVAL)
    },
  }
}

test('what a burst leaves behind is given back once the daemon is idle, and not before', () => {
  const { memory, look } = watched()
  memory.garbage = 150 * MIB
  look(5_000)
  expect(memory.collections).toBe(0)
  look()
  expect([memory.collections, memory.used()]).toEqual([1, 10 * MIB])
})

test('an idle daemon that has nothing to give back is not looked through again', () => {
  const { memory, look } = watched()
  memory.live = 160 * MIB
  for (let looks = 0; looks < 5; looks++) look()
  expect(memory.collections).toBe(1)
  memory.garbage = 70 * MIB
  look()
  expect(memory.collections).toBe(1)
  memory.garbage = 90 * MIB
  look()
  expect([memory.collections, memory.garbage]).toEqual([2, 0])
})

test('a little is left to V8', () => {
  const { memory, look } = watched()
  memory.garbage = 15 * MIB
  look()
  expect(memory.collections).toBe(0)
})

test('what V8 has given back itself does not hide what comes after', () => {
  const { memory, look } = watched()
  memory.live = 160 * MIB
  look()
  memory.live = 10 * MIB
  look()
  memory.garbage = 50 * MIB
  look()
  expect([memory.collections, memory.used()]).toEqual([2, 10 * MIB])
})

test('the garbage of this process is collected', async () => {
  const idle = new IdleMemory()
  const outOfUse = makeGarbage()
  // what a weak reference has given is kept until the end of the turn
  await setImmediate()
  // so long ago that whatever was done meanwhile is next to nothing
  idle.look(1e9)
  expect(outOfUse.deref()).toBe(undefined)
})

/** Half a million objects, which have lived so long that V8 does not expect them to be gone soon. */
function makeGarbage(): WeakRef<object> {
  const objects: object[] = []
  for (let index = 0; index < 500_000; index++) objects.push({ room: [index, index, index, index] })
  return new WeakRef(objects)
}
