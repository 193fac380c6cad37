import { createHash } from 'node:crypto'
import { access, glob, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { HarnessError } from './errors.ts'
import { lock } from './lock.ts'
import { type BuildSection, fillPlaceholders } from './manifest.ts'
import { findNeed } from './needs.ts'
import { describeExit, spawnGroup } from './process-group.ts'

/** What is built; a manifest is one. */
export interface Recipe {
  /** Its folder in the cache. */
  readonly name: string
  readonly title: string
  /** Where the build runs, and where its inputs are looked for. */
  readonly dir: string
  readonly root: string
  readonly build: BuildSection
}

/** How a build that takes its time is getting on. */
export interface Progress {
  readonly name: string
  /** Whole seconds since it began. */
  readonly elapsed: number
  /** The last line it wrote, or what it is waiting for. */
  readonly line: string
}

export interface BuildOptions {
  readonly cacheDir?: string
  /** Called about once a second. */
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

export type Built =
  /** `out` is the folder that `{out}` stands for. */
  | { readonly status: 'built'; readonly out: string }
  /** This machine lacks a command that the build needs; `reason` says which, and how to get it. */
  | { readonly status: 'missing'; readonly reason: string }

/** Part of every key: raise it when the layout of the cache changes. */
const CACHE_VERSION = 1

/** The file, in a finished build's folder, that lists the outputs with their digests. */
const RECORD = '.outputs.json'

/** The folder, beside the finished builds, that a build may use again: what it keeps there can be shared and can be lost. */
const WORK = 'work'

const PROGRESS_INTERVAL = 1_000

/** Where builds are kept: `$P2PD_CACHE`, or `p2pd` in the user's cache folder. Outside the repository in any case. */
export function defaultCacheDir(): string {
  const { P2PD_CACHE, XDG_CACHE_HOME } = process.env
  return P2PD_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'p2pd')
}

/** Whether the cache holds what would be built now. */
export async function isBuilt(recipe: Recipe, cacheDir = defaultCacheDir()): Promise<boolean> {
  if (await isPrebuilt(recipe)) return true
  return isIntact(recipe, resolve(cacheDir, recipe.name, await contentKey(recipe)))
}

/**
 * Builds something once for each content of its inputs, and finds it in the cache from then on.
 *
 * What is found is compared with what was built, so a damaged or half-made entry, and an output in the tree that
 * another state of the inputs has overwritten, are built again.
 *
 * @throws HarnessError ERR_BUILD_FAILED, ERR_MANIFEST_INVALID when an input matches no file; the signal's reason
 */
export async function build(recipe: Recipe, options: BuildOptions = {}): Promise<Built> {
  const { cacheDir = defaultCacheDir(), signal } = options
  if (await isPrebuilt(recipe)) return { status: 'built', out: recipe.root }
  const out = resolve(cacheDir, recipe.name, await contentKey(recipe))
  if (await isIntact(recipe, out)) return { status: 'built', out }
  const reason = await missingNeed(recipe)
  if (reason !== undefined) return { status: 'missing', reason }

  using progress = reportProgress(recipe.name, options)
  progress.line = 'waiting for the same build in another process'
  await using _held = await lock(`${out}.lock`, { what: `another process to build ${recipe.title}`, signal })
  if (await isIntact(recipe, out)) return { status: 'built', out }

  const partial = await mkdtemp(`${out}.partial-`)
  try {
    progress.line = 'building'
    const work = resolve(cacheDir, recipe.name, WORK)
    await run(recipe, { out: partial, work }, signal, line => {
      progress.line = line
    })
    await recordOutputs(recipe, partial)
    await rm(out, { recursive: true, force: true })
    await rename(partial, out).catch(async error => {
      // two may hold the lock of a holder that died: the first one's result is as good
      if (!(await isIntact(recipe, out))) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return { status: 'built', out }
}

/** Whether this is a published package, which holds what was built, and not what it was built from. */
async function isPrebuilt({ dir, root, build: { inputs, outputs } }: Recipe): Promise<boolean> {
  if (outputs.some(output => output.includes('{out}'))) return false
  const sources = inputs.filter(input => !input.includes('package'))
  for (const pattern of sources) for await (const _ of glob(pattern, { cwd: dir })) return false
  const present = await Promise.all(
    outputs.map(output =>
      access(fillPlaceholders(output, { out: '', root })).then(
        () => true,
        () => false,
      ),
    ),
  )
  return sources.length > 0 && present.every(Boolean)
}

async function missingNeed({ title, build }: Recipe): Promise<string | undefined> {
  for (const need of build.needs) {
    if ((await findNeed(need)) === undefined) {
      return `${need.command} is not installed (needed to build ${title}); ${need.hint}`
    }
  }
  return undefined
}

/** Changes with whatever the outputs may depend on: the commands and their environment, the inputs, the platform. */
async function contentKey({ title, dir, build }: Recipe): Promise<string> {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([CACHE_VERSION, process.platform, process.arch, build]))
  for (const pattern of build.inputs) {
    const paths: string[] = []
    for await (const entry of glob(pattern, { cwd: dir, withFileTypes: true })) {
      if (entry.isFile()) paths.push(relative(dir, join(entry.parentPath, entry.name)))
    }
    if (paths.length === 0) {
      throw new HarnessError('ERR_MANIFEST_INVALID', `${title}: the build's input "${pattern}" matches no file`)
    }
    for (const path of paths.sort()) {
      const content = await readFile(join(dir, path))
      hash.update(JSON.stringify([path, content.byteLength])).update(content)
    }
  }
  return hash.digest('hex').slice(0, 16)
}

async function run(
  { title, dir, root, build }: Recipe,
  { out, work }: { readonly out: string; readonly work: string },
  signal: AbortSignal | undefined,
  onLine: (line: string) => void,
): Promise<void> {
  const command = build.run.map(word => fillPlaceholders(word, { out, root, work }))
  const { output, exited } = await spawnGroup(command, {
    cwd: dir,
    env: build.env,
    signal,
    onOutput: line => onLine(line.text),
  })
  const exit = await exited
  signal?.throwIfAborted()
  if (exit.code !== 0) {
    throw new HarnessError(
      'ERR_BUILD_FAILED',
      `building ${title}: ${command.join(' ')} ${describeExit(exit)}; its last output:\n${output.tail()}`,
    )
  }
}

/** The outputs' digests, by their names in the recipe. */
async function digestOutputs({ root, build }: Recipe, out: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const output of build.outputs) {
    const content = await readFile(fillPlaceholders(output, { out, root }))
    digests[output] = createHash('sha256').update(content).digest('hex')
  }
  return digests
}

async function recordOutputs(recipe: Recipe, out: string): Promise<void> {
  try {
    await writeFile(join(out, RECORD), JSON.stringify(await digestOutputs(recipe, out)))
  } catch (cause) {
    const reason = (cause as Error).message
    throw new HarnessError('ERR_BUILD_FAILED', `building ${recipe.title} did not leave what it promised: ${reason}`, {
      cause,
    })
  }
}

async function isIntact(recipe: Recipe, out: string): Promise<boolean> {
  try {
    const recorded = await readFile(join(out, RECORD), 'utf8')
    return recorded === JSON.stringify(await digestOutputs(recipe, out))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return false
  }
}

/** Reports the line that it is given every second, until it is disposed of. */
function reportProgress(name: string, { onProgress }: BuildOptions): { line: string } & Disposable {
  const began = performance.now()
  const report = (): void => {
    const elapsed = Math.round((performance.now() - began) / 1_000)
    onProgress?.({ name, elapsed, line: progress.line })
  }
  const timer = setInterval(report, PROGRESS_INTERVAL)
  const progress = { line: '', [Symbol.dispose]: () => clearInterval(timer) }
  return progress
}
