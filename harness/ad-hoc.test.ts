import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adHoc, splitWords } from './ad-hoc.ts'
import type { Implementation } from './implementation.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ad-hoc-'))
  await writeFile(join(folder, 'my p2pd'), '#!/bin/sh\n', { mode: 0o755 })
  await writeFile(join(folder, 'notes'), 'not a program')
  await chmod(join(folder, 'notes'), 0o644)
})

afterAll(() => rm(folder, { recursive: true }))

test.for([
  ['a b  c\t d ', ['a', 'b', 'c', 'd']],
  [`'a b' "c d"`, ['a b', 'c d']],
  [`a'b c'"d e"f`, ['ab cd ef']],
  [String.raw`a\ b \\ \'`, ['a b', '\\', "'"]],
  [String.raw`"\" \\ \$ \n"`, [String.raw`" \ $ \n`]],
  [String.raw`'\n'`, [String.raw`\n`]],
  [`'' ""`, ['', '']],
  ['$HOME ~ *', ['$HOME', '~', '*']],
  ['', []],
  ['  ', []],
] as const)('%s', ([commandLine, words]) => {
  expect(splitWords(commandLine)).toEqual(words)
})

test.for([
  [`a 'b`, "the ' at position 2"],
  ['a "b', 'the " at position 2'],
  ['a "b\\"', 'the " at position 2'],
  ['a\\', 'the \\ at position 1'],
] as const)('%s has a quote without its counterpart', ([commandLine, complaint]) => {
  expect(() => splitWords(commandLine)).toThrow(complaint)
})

test('an executable is found from the folder given, its arguments stay as they are', async () => {
  const implementation = await adHoc('mine', `'./my p2pd' -f ./config.json`, folder)
  expect(implementation).toEqual({
    status: 'ready',
    name: 'mine',
    title: 'mine',
    version: 'dev',
    command: [join(folder, 'my p2pd'), '-f', './config.json'],
    unsupported: [],
    stranger: true,
  })
})

test('a bare name is looked up on PATH', async () => {
  const { command } = (await adHoc('mine', 'sh script.sh', folder)) as Implementation
  expect(command[0]).toMatch(/^\/.*\/sh$/)
})

test.for([
  ['mine', './nothing', 'implementation mine: ./nothing is not an executable file from '],
  ['mine', './notes', 'implementation mine: ./notes is not an executable file from '],
  ['mine', './', 'implementation mine: ./ is not an executable file from '],
  ['mine', 'no-such-p2pd', 'implementation mine: no-such-p2pd is not an executable file on PATH'],
  ['mine', ' ', 'implementation mine: its command is empty'],
  ['my own', 'sh', 'implementation name "my own": expected lower-case letters'],
  ['', 'sh', 'implementation name "": expected lower-case letters'],
] as const)('%s=%s is refused', async ([name, commandLine, message]) => {
  await expect(adHoc(name, commandLine, folder)).rejects.toMatchObject({
    code: 'ERR_COMMAND_INVALID',
    message: expect.stringContaining(message),
  })
})
