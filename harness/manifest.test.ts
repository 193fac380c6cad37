import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import ours from '../package.json' with { type: 'json' }
import { loadManifest, loadManifests } from './manifest.ts'

const repository = join(import.meta.dirname, '..')

const VALID = `
name: toy
title: A toy
version: 1.2.3
build: { needs: [], inputs: ['*.txt'], run: [make, '{out}'], outputs: ['{out}/toy'] }
command: ['{out}/toy', '{root}/config']
`

let folder: string

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'manifest-')), 'implementations')
})

afterEach(() => rm(join(folder, '..'), { recursive: true }))

async function write(content: string, name = 'toy'): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'manifest.yaml'), content)
}

test('the manifests of this repository are valid, and their versions are those that are built', async () => {
  const manifests = await loadManifests(join(repository, 'implementations'))
  const versions = Object.fromEntries(manifests.map(({ name, version }) => [name, version]))
  const goMod = await readFile(join(repository, 'implementations/go/go.mod'), 'utf8')
  const go = /go-libp2p-daemon v(\S+)/.exec(goMod)?.[1]
  expect(versions).toMatchObject({ go, js: ours.version })
  for (const { version, build } of manifests.filter(({ name }) => name.startsWith('go@'))) {
    const mod = await readFile(join(repository, 'implementations/go', build.inputs[0] as string), 'utf8')
    expect(mod).toContain(`go-libp2p-daemon v${version}`)
  }
})

test('an image says what goes into it, in words of its own', async () => {
  const image = (source: string) =>
    `${VALID}image: { files: { /toy: '${source}', /bin/node: '{node}' }, command: [/toy] }\n`
  await write(image('{out}/toy'))
  expect((await loadManifest(folder, 'toy')).image).toEqual({
    files: { '/toy': '{out}/toy', '/bin/node': '{node}' },
    command: ['/toy'],
  })
  await write(image('{outs}/toy'))
  await expect(loadManifest(folder, 'toy')).rejects.toMatchObject({
    message: expect.stringContaining('there is no placeholder {outs}, only {out}, {root} and {node}'),
  })
})

test('manifests come by name, with their places and what they leave out', async () => {
  await write(VALID)
  await write(VALID.replace('name: toy', 'name: a-toy'), 'a-toy')
  const [first, second] = await loadManifests(folder)
  expect(first?.name).toBe('a-toy')
  expect(second).toMatchObject({ name: 'toy', dir: join(folder, 'toy'), root: join(folder, '..'), unsupported: [] })
})

const VERSIONED = `${VALID}versions:
- version: 1.0.0
  build: { run: [make, old] }
  unsupported: [{ feature: tls, reason: old }]
- { version: 1.1.0 }
`

test('other versions are manifests of their own, that differ where they say so', async () => {
  await write(VERSIONED)
  const [usual, old, newer, ...others] = await loadManifests(folder)
  expect(others).toEqual([])
  expect(usual).toMatchObject({ name: 'toy', version: '1.2.3', onRequest: false })
  expect(usual).not.toHaveProperty('versions')
  expect(old).toMatchObject({
    name: 'toy@1.0.0',
    title: 'A toy',
    version: '1.0.0',
    build: { ...usual?.build, run: ['make', 'old'] },
    command: usual?.command,
    unsupported: [{ feature: 'tls', reason: 'old' }],
    onRequest: true,
  })
  expect(newer).toMatchObject({ name: 'toy@1.1.0', build: usual?.build, unsupported: [] })
  expect(await loadManifest(folder, 'toy@1.0.0')).toEqual(old)
  await expect(loadManifest(folder, 'toy@9')).rejects.toThrow(
    'there is no version toy@9; there are toy, toy@1.0.0, toy@1.1.0',
  )
})

test.for([
  ['a version given twice', `${VERSIONED}- { version: 1.2.3 }\n`, '/versions: 1.2.3 is there twice'],
  ['a version with a slash', `${VERSIONED}- { version: a/b }\n`, '/versions/2/version must match pattern'],
  [
    'a fault of another version',
    `${VERSIONED}- { version: '2', command: ['{bin}/toy'] }\n`,
    '"{bin}/toy": there is no placeholder {bin}',
  ],
  ['a build without what it needs', VALID.replace('needs: [], ', ''), "/build must have required property 'needs'"],
  [
    'a misspelt key',
    VALID.replace('title:', 'titel:'),
    'the manifest must have required property \'title\'\n  the manifest has an unknown key "titel"; did you mean "title"?',
  ],
  [
    'a misspelt key of the build',
    VALID.replace("inputs: ['*.txt'],", "inputs: ['*.txt'], envs: {},"),
    '/build has an unknown key "envs"; did you mean "env"?',
  ],
  ['a value of the wrong type', VALID.replace('1.2.3', '1'), '/version must be string'],
  [
    'a misspelt feature',
    `${VALID}unsupported: [{ feature: quic, reason: none }]`,
    '/unsupported/0/feature is "quic"; did you mean "quic-v1"?',
  ],
  [
    'an unknown feature',
    `${VALID}unsupported: [{ feature: carrier-pigeons, reason: none }]`,
    '/unsupported/0/feature is "carrier-pigeons"; expected one of noise, tls, ',
  ],
  [
    'a feature without a reason',
    `${VALID}unsupported: [{ feature: tls }]`,
    "/unsupported/0 must have required property 'reason'",
  ],
  [
    'a feature given twice',
    `${VALID}unsupported: [{ feature: tls, reason: one }, { feature: tls, reason: two }]`,
    '/unsupported names tls twice',
  ],
  ['a name that is not its folder', VALID.replace('name: toy', 'name: troy'), 'name is "troy", expected "toy"'],
  [
    'an output that may be lost',
    VALID.replace("'{out}/toy',", "'{work}/toy',"),
    '"{work}/toy": there is no placeholder {work}, only {out} and {root}',
  ],
  [
    'an unknown placeholder',
    VALID.replace("'{out}/toy',", "'{output}/toy',"),
    '"{output}/toy": there is no placeholder {output}',
  ],
  ['no YAML', 'name: [', 'Flow sequence'],
  ['nothing', '', 'the manifest must be object'],
] as const)('refuses %s', async ([, content, message]) => {
  await write(content)
  await expect(loadManifest(folder, 'toy')).rejects.toMatchObject({
    code: 'ERR_MANIFEST_INVALID',
    message: expect.stringMatching(/^implementations\/toy\/manifest\.yaml: /),
  })
  await expect(loadManifest(folder, 'toy')).rejects.toThrow(message)
})

test('refuses a folder without a manifest', async () => {
  await mkdir(join(folder, 'toy'), { recursive: true })
  await expect(loadManifests(folder)).rejects.toMatchObject({ code: 'ERR_MANIFEST_INVALID' })
})
