import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConfigError } from '../failure.ts'
import { createLog } from '../log.ts'
import { type Disk, openDisk } from './disk.ts'

let folder: string
let lines: string[]
let path: string
const log = createLog({ write: line => lines.push(line) })
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-disk-'))
  path = join(folder, 'peers')
  lines = []
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, force: true })
})

const bytes = (text: string): Uint8Array => Buffer.from(text)
const read = (disk: Disk) => [...disk.loaded].map(([key, value]) => [key, Buffer.from(value).toString()])

/** What another process would find. */
async function onDisk(): Promise<string[][]> {
  const copy = join(folder, 'copy')
  await rm(copy, { recursive: true, force: true })
  await cp(path, copy, { recursive: true })
  const disk = await openDisk(copy, log)
  await disk.close()
  return read(disk)
}

test('what is put is there when the folder is opened again; the last of several puts counts', async () => {
  const disk = await openDisk(path, log)
  expect(read(disk)).toEqual([])
  disk.put('/a', bytes('1'))
  disk.put('/b', bytes('2'))
  disk.put('/a', bytes('3'))
  disk.delete('/b')
  await disk.close()
  const again = await openDisk(path, log)
  expect(read(again)).toEqual([['/a', '3']])
  await again.close()
})

test('once it is flushed, it is on the disk, without the folder being closed', async () => {
  const disk = await openDisk(path, log)
  disk.put('/a', bytes('1'))
  await disk.flushed()
  expect(await onDisk()).toEqual([['/a', '1']])
  await disk.close()
})

test('a folder that cannot be used is a clear error', async () => {
  const reason = async (path: string) => {
    const error = await openDisk(path, log).catch(error => error)
    expect(error).toBeInstanceOf(ConfigError)
    return error.message.replaceAll(folder, '')
  }
  await writeFile(join(folder, 'file'), 'x')
  expect(await reason(join(folder, 'file'))).toBe('peerstore /file: not a folder')
  expect(await reason(join(folder, 'file', 'below'))).toBe('mkdir /file/below: not a directory')
  expect(await reason(join(folder, 'missing', 'below'))).toBe('mkdir /missing/below: no such file or directory')

  const disk = await openDisk(path, log)
  expect(await reason(path)).toBe('peerstore /peers: another process uses it')
  await disk.close()

  await writeFile(join(path, 'CURRENT'), 'nonsense')
  expect(await reason(path)).toMatch(/^peerstore \/peers: it is damaged, move it away to start with an empty one: /)
})

test('damage in the middle of the journal is told', async () => {
  const disk = await openDisk(path, log)
  for (let index = 0; index < 100; index++) disk.put(`/${index}`, new Uint8Array(2_000).fill(index))
  await disk.close()
  const journal = join(path, (await readdir(path)).find(name => name.endsWith('.log')) as string)
  const content = await readFile(journal)
  await writeFile(journal, content.fill(0xff, 40_000, 50_000))
  const again = await openDisk(path, log)
  await again.close()
  expect(lines.join('')).toMatch(/peerstore .* was damaged, part of it is lost: dropping \d+ bytes/)
})

test('a folder that goes away is told once, and written anew when it can be', async () => {
  const disk = await openDisk(path, log)
  const contents = new Map<string, Uint8Array>()
  disk.contents = () => contents
  const put = (key: string, value: string) => {
    contents.set(key, bytes(value))
    disk.put(key, bytes(value))
  }
  put('/a', '1')
  await disk.flushed()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await rename(path, join(folder, 'elsewhere'))
  await writeFile(path, 'in the way')
  put('/b', '2')
  await disk.flushed()
  put('/c', '3')
  await disk.flushed()
  expect(lines).toEqual([expect.stringContaining('cannot be written, peers are known until the end only')])
  // still in the way
  vi.advanceTimersByTime(30_000)
  await disk.flushed()
  expect(lines).toHaveLength(1)
  await rm(path)
  await mkdir(path)
  put('/d', '4')
  vi.advanceTimersByTime(30_000)
  await disk.flushed()
  expect(lines.at(-1)).toContain('is written again')
  put('/e', '5')
  await disk.flushed()
  expect(await onDisk()).toEqual([...contents].map(([key, value]) => [key, Buffer.from(value).toString()]))
  await disk.close()
})

test('a failing disk does not hold up the end', async () => {
  const disk = await openDisk(path, log)
  await rm(path, { recursive: true })
  disk.put('/a', bytes('1'))
  await disk.close()
  expect(lines).toHaveLength(1)
})
