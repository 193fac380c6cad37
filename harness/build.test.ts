import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type BuildOptions, build, defaultCacheDir, type Recipe } from './build.ts'
import { until } from './until.ts'

let root: string
let dir: string
let cacheDir: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'build-'))
  dir = join(root, 'toy')
  cacheDir = join(root, 'cache')
  await mkdir(dir)
  await writeFile(join(dir, 'source.txt'), 'first')
})

afterEach(() => rm(root, { recursive: true }))

/** A recipe that runs a shell script, in which `$1` is the folder to build into. */
function toy(script: string, section: Partial<Recipe['build']> = {}): Recipe {
  const run = ['sh', '-ec', script, 'sh', '{out}', '{root}']
  return {
    name: 'toy',
    title: 'the toy',
    dir,
    root,
    build: { needs: [], inputs: ['*.txt'], run, outputs: ['{out}/toy'], ...section },
  }
}

/** Copies its source, and leaves a mark of each run. */
const COPY = 'echo run >> runs.log; cp source.txt "$1"/toy'

async function runs(): Promise<number> {
  return (await readFile(join(dir, 'runs.log'), 'utf8')).split('\n').length - 1
}

async function built(recipe: Recipe, options: BuildOptions = {}): Promise<string> {
  const result = await build(recipe, { cacheDir, ...options })
  if (result.status === 'missing') throw new Error(result.reason)
  return result.out
}

test('is built once for each state of its inputs', async () => {
  const first = await built(toy(COPY))
  expect(await readFile(join(first, 'toy'), 'utf8')).toBe('first')
  expect(await built(toy(COPY))).toBe(first)
  expect(await runs()).toBe(1)

  await writeFile(join(dir, 'source.txt'), 'second')
  const second = await built(toy(COPY))
  expect(await readFile(join(second, 'toy'), 'utf8')).toBe('second')
  expect(await readFile(join(first, 'toy'), 'utf8')).toBe('first')

  await writeFile(join(dir, 'source.txt'), 'first')
  expect(await built(toy(COPY))).toBe(first)
  expect(await runs()).toBe(2)
})

test('is built anew when the recipe changes, or an input is added', async () => {
  const first = await built(toy(COPY))
  const pinned = await built(toy(COPY, { env: { GOTOOLCHAIN: 'go1.25.14' } }))
  await writeFile(join(dir, 'more.txt'), '')
  const more = await built(toy(COPY))
  expect(new Set([first, pinned, more]).size).toBe(3)
})

test('can keep what the next build needs as well', async () => {
  const recipe = toy('mkdir -p "$3"; cat source.txt >> "$3"/seen; cp "$3"/seen "$1"/toy')
  const kept = { ...recipe, build: { ...recipe.build, run: [...recipe.build.run, '{work}'] } }
  await built(kept)
  await writeFile(join(dir, 'source.txt'), ' second')
  expect(await readFile(join(await built(kept), 'toy'), 'utf8')).toBe('first second')
})

test('gets its environment and its folder', async () => {
  const out = await built(toy('echo "$COLOUR in $PWD of $2" > "$1"/toy', { env: { COLOUR: 'red' } }))
  expect(await readFile(join(out, 'toy'), 'utf8')).toBe(`red in ${dir} of ${root}\n`)
})

test.for([
  ['an output that was changed', (out: string) => writeFile(join(out, 'toy'), 'damage')],
  ['an output that is gone', (out: string) => rm(join(out, 'toy'))],
  ['a record that is gone', (out: string) => rm(join(out, '.outputs.json'))],
  ['a record that was cut', (out: string) => writeFile(join(out, '.outputs.json'), '{')],
] as const)('is built again for %s', async ([, damage]) => {
  const out = await built(toy(COPY))
  await damage(out)
  expect(await built(toy(COPY))).toBe(out)
  expect(await readFile(join(out, 'toy'), 'utf8')).toBe('first')
  expect(await runs()).toBe(2)
})

test('an output in the tree is built again when another state of the inputs has overwritten it', async () => {
  const inPlace = toy('cp source.txt "$2"/toy.bin; echo run >> runs.log', { outputs: ['{root}/toy.bin'] })
  const build = async (source: string): Promise<string> => {
    await writeFile(join(dir, 'source.txt'), source)
    await built(inPlace)
    return readFile(join(root, 'toy.bin'), 'utf8')
  }
  expect([await build('first'), await build('first'), await build('second'), await build('first')]).toEqual([
    'first',
    'first',
    'second',
    'first',
  ])
  expect(await runs()).toBe(3)
})

test('several that want it at once get one build', async () => {
  const outs = await Promise.all([built(toy(COPY)), built(toy(COPY)), built(toy(COPY))])
  expect(new Set(outs).size).toBe(1)
  expect(await runs()).toBe(1)
})

test('a failure ends with the last output and leaves nothing behind', async () => {
  const failing = built(toy('echo compiling; echo no such header >&2; touch "$1"/toy; exit 3'))
  await expect(failing).rejects.toMatchObject({ code: 'ERR_BUILD_FAILED' })
  await expect(failing).rejects.toThrow(/^building the toy: sh .* exited with code 3; its last output:\n/s)
  await expect(failing).rejects.toThrow('no such header')
  expect(await readdir(join(cacheDir, 'toy'))).toEqual([])
})

test('a build that does not leave its outputs has failed', async () => {
  const empty = built(toy('true'))
  await expect(empty).rejects.toMatchObject({ code: 'ERR_BUILD_FAILED' })
  await expect(empty).rejects.toThrow('building the toy did not leave what it promised: ENOENT')
})

test('without a command that it needs it is missing, and says how to get it', async () => {
  const needs = [
    { command: 'sh', hint: 'none' },
    { command: 'toyc', hint: 'apt-get install toyc' },
  ]
  expect(await build(toy(COPY, { needs }), { cacheDir })).toEqual({
    status: 'missing',
    reason: 'toyc is not installed (needed to build the toy); apt-get install toyc',
  })
})

test('what is in the cache needs no command any more', async () => {
  const command = join(root, 'toyc')
  const recipe = toy(COPY, { needs: [{ command, hint: 'none' }] })
  await writeFile(command, '', { mode: 0o755 })
  const out = await built(recipe)
  await rm(command)
  expect(await build(recipe, { cacheDir })).toEqual({ status: 'built', out })
})

test('an input that matches no file is a mistake of the recipe', async () => {
  await expect(built(toy(COPY, { inputs: ['*.txt', '*.md'] }))).rejects.toMatchObject({
    code: 'ERR_MANIFEST_INVALID',
    message: 'the toy: the build\'s input "*.md" matches no file',
  })
})

test('tells how it is getting on', async () => {
  const patient = toy('echo compiling; until [ -e seen ]; do sleep 0.02; done; touch "$1"/toy')
  const onProgress = async ({ name, elapsed, line }: { name: string; elapsed: number; line: string }) => {
    await writeFile(join(dir, 'seen'), JSON.stringify([name, elapsed, line]))
  }
  await built(patient, { onProgress: progress => void onProgress(progress) })
  const [name, elapsed, line] = JSON.parse(await readFile(join(dir, 'seen'), 'utf8'))
  expect({ name, line }).toEqual({ name: 'toy', line: 'compiling' })
  expect(elapsed).toBeGreaterThanOrEqual(1)
})

test('an abort kills the build with its descendants, and the next one succeeds', async () => {
  const controller = new AbortController()
  const reason = new Error('the user has left')
  const endless = toy('if [ -e started ]; then cp source.txt "$1"/toy; else touch started; sh -c "sleep 600"; fi')
  const building = built(endless, { signal: controller.signal })
  const rejected = expect(building).rejects.toBe(reason)
  await until(async () => (await readdir(dir)).includes('started'), { deadline: 10_000, what: 'the build' })
  controller.abort(reason)
  await rejected
  await expect(built(endless)).resolves.toContain(cacheDir)
})

test('the cache is in the folder that the environment names', () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('P2PD_CACHE', '/one')
  vi.stubEnv('XDG_CACHE_HOME', '/two')
  expect(defaultCacheDir()).toBe('/one')
  vi.stubEnv('P2PD_CACHE', undefined)
  expect(defaultCacheDir()).toBe('/two/p2pd')
  vi.stubEnv('XDG_CACHE_HOME', undefined)
  expect(defaultCacheDir()).toMatch(/\/\.cache\/p2pd$/)
})
