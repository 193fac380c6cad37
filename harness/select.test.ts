import { expect, test } from 'vitest'
import type { Manifest } from './manifest.ts'
import { selectImplementations } from './select.ts'

const manifest = (name: string, version: string, onRequest = false): Manifest => ({
  name,
  title: name,
  version,
  build: { needs: [], inputs: ['*'], run: ['true'], outputs: ['x'] },
  command: ['x'],
  unsupported: [],
  onRequest,
  dir: '/',
  root: '/',
})

const MANIFESTS = [
  manifest('go', '0.9.2'),
  manifest('go@0.4.0', '0.4.0', true),
  manifest('js', '0.1.0'),
  manifest('rust', '1.0.0', true),
]

test.for([
  [[], ['go', 'js']],
  [['js,rust'], ['js', 'rust']],
  [
    ['js', 'go@0.4.0'],
    ['go@0.4.0', 'js'],
  ],
  [['go@all'], ['go', 'go@0.4.0']],
  [['go@0.9.2'], ['go']],
  [['x=true'], ['go', 'js']],
] as const)('--impl %j plays %j', async ([words, names]) => {
  const { manifests } = await selectImplementations(words, MANIFESTS)
  expect(manifests.map(({ name }) => name)).toEqual(names)
})

test.for([
  ['go@0.4.1', 'there is no implementation "go@0.4.1"; did you mean "go@0.4.0"?'],
  ['python@all', 'there is no implementation "python@all"'],
  ['go=true', 'there is already an implementation "go"'],
  ['go@1=true', 'expected lower-case letters'],
] as const)('--impl %s is refused', async ([word, text]) => {
  await expect(selectImplementations([word], MANIFESTS)).rejects.toThrow(text)
})
