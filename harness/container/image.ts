import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HarnessError } from '../errors.ts'
import { baseName, fillPlaceholders, type ImageSection, type Manifest, type Placeholders } from '../manifest.ts'
import { describeExit, spawnGroup } from '../process-group.ts'
import { docker } from './engine.ts'
import { IMPLEMENTATION_LABEL, VERSION_LABEL } from './labels.ts'
import { sharedLibraries } from './libraries.ts'

const REPOSITORY = 'p2pd-interop'

/** Part of every key: raise it when images are put together differently. */
const IMAGE_VERSION = 1

/** How many images of an implementation are kept: several checkouts may be played with in turn. */
const KEPT = 4

/** Whose image it is. */
type Described = Pick<Manifest, 'name' | 'title' | 'version' | 'root'>

/**
 * Makes an image of what was built, on an empty base: nothing is fetched from anywhere. It is found again by the content
 * of its files.
 *
 * @returns its name
 * @throws HarnessError ERR_BUILD_FAILED, ERR_ENGINE; the signal's reason
 */
export async function buildImage(
  manifest: Described,
  section: ImageSection,
  { out, signal }: { readonly out: string; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const values: Placeholders = { out, root: manifest.root, node: await realpath(process.execPath) }
  const files = await listFiles(section, values).catch(cause => {
    const reason = (cause as Error).message
    throw new HarnessError('ERR_BUILD_FAILED', `the image of ${manifest.title}: ${reason}`, { cause })
  })
  const key = await contentKey(manifest, section, files)
  const name = `${REPOSITORY}/${baseName(manifest.name)}:${manifest.version}-${key}`
  if ((await findImage(name)) !== undefined) return name

  const folder = await mkdtemp(join(tmpdir(), 'p2pd-image-'))
  try {
    const base = join(folder, 'base')
    // where folders of the machine are seen, and files are written, everybody must be able to
    await mkdir(join(base, 'tmp'), { recursive: true })
    await chmod(join(base, 'tmp'), 0o1777)
    for (const { source, target } of files) {
      await mkdir(dirname(join(base, target)), { recursive: true })
      await copyFile(source, join(base, target))
    }
    const archive = join(folder, 'base.tar')
    await pack(base, archive, signal)
    const changes = [
      `ENTRYPOINT ${JSON.stringify(section.command)}`,
      `LABEL ${IMPLEMENTATION_LABEL}=${JSON.stringify(manifest.name)}`,
      `LABEL ${VERSION_LABEL}=${JSON.stringify(manifest.version)}`,
      `LABEL org.opencontainers.image.title=${JSON.stringify(manifest.title)}`,
    ]
    await docker(['import', ...changes.flatMap(change => ['--change', change]), archive, name], {
      ...(signal && { signal }),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await removeOld(manifest.name)
  return name
}

/** What is known of an image that the engine has. */
export interface FoundImage {
  /** The words to which a daemon's flags can be added; null for an image that says only what runs by default. */
  readonly entrypoint: readonly string[] | null
  readonly labels: Readonly<Record<string, string>>
}

/** Looks an image up in the engine, and nowhere else. @throws HarnessError ERR_ENGINE when the engine does not answer */
export async function findImage(name: string): Promise<FoundImage | undefined> {
  const format = '{"entrypoint":{{json .Config.Entrypoint}},"labels":{{json .Config.Labels}}}'
  try {
    const { entrypoint, labels } = JSON.parse(await docker(['image', 'inspect', '--format', format, name]))
    return { entrypoint, labels: labels ?? {} }
  } catch (error) {
    if (error instanceof HarnessError && /no such image/i.test(error.message)) return undefined
    throw error
  }
}

interface ImageFile {
  readonly source: string
  readonly target: string
}

/** All files of an image, by their paths in it, with the libraries that programs among them load. */
async function listFiles(section: ImageSection, values: Placeholders): Promise<ImageFile[]> {
  const named = await Promise.all(
    Object.entries(section.files).map(([target, source]) => walk(fillPlaceholders(source, values), target)),
  )
  const files = named.flat()
  const libraries = await Promise.all(files.map(({ source }) => sharedLibraries(source)))
  const needed = [...new Set(libraries.flat())].map(path => ({ source: path, target: path }))
  return [...files, ...needed].sort((a, b) => (a.target < b.target ? -1 : 1))
}

async function walk(source: string, target: string): Promise<ImageFile[]> {
  if (!(await stat(source)).isDirectory()) return [{ source, target }]
  const names = await readdir(source)
  return (await Promise.all(names.map(name => walk(join(source, name), `${target}/${name}`)))).flat()
}

async function contentKey({ title }: Described, section: ImageSection, files: readonly ImageFile[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([IMAGE_VERSION, title, section.command]))
  for (const { source, target } of files) {
    hash.update(JSON.stringify([target, (await stat(source)).mode & 0o777]))
    for await (const chunk of createReadStream(source)) hash.update(chunk)
  }
  return hash.digest('hex').slice(0, 16)
}

async function pack(folder: string, archive: string, signal: AbortSignal | undefined): Promise<void> {
  const command = ['tar', '--create', '--owner=0', '--group=0', '--file', archive, '--directory', folder, '.']
  const { output, exited } = await spawnGroup(command, { signal })
  const exit = await exited
  signal?.throwIfAborted()
  if (exit.code === 0) return
  throw new HarnessError('ERR_BUILD_FAILED', `packing an image: tar ${describeExit(exit)}:\n${output.tail()}`)
}

/** Sources that change make an image each; the engine keeps those that containers are made of. */
async function removeOld(implementation: string): Promise<void> {
  const filter = `label=${IMPLEMENTATION_LABEL}=${implementation}`
  const listed = await docker(['images', '--filter', filter, '--format', '{{.Repository}}:{{.Tag}}'])
  const old = listed
    .split('\n')
    .filter(name => name.startsWith(`${REPOSITORY}/`))
    .slice(KEPT)
  if (old.length > 0) await docker(['rmi', ...old]).catch(() => undefined)
}
