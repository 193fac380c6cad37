import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import schema from '../implementations/manifest.schema.json' with { type: 'json' }
import { HarnessError } from './errors.ts'
import type { Unsupported } from './features.ts'
import type { Need } from './needs.ts'
import { faultFinder } from './schema.ts'

/** How something is built: the `build` of a manifest. Each field is explained in `manifest.schema.json`. */
export interface BuildSection {
  readonly needs: readonly Need[]
  readonly inputs: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly run: readonly string[]
  readonly outputs: readonly string[]
}

/** What goes into a container's image: the `image` of a manifest. */
export interface ImageSection {
  /** A path in the image to a file or folder of this machine. */
  readonly files: Readonly<Record<string, string>>
  readonly command: readonly string[]
}

/** What an implementation's folder says about it. */
export interface Manifest {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly homepage?: string
  readonly build: BuildSection
  readonly command: readonly string[]
  readonly image?: ImageSection
  readonly unsupported: readonly Unsupported[]
  /** It closes a connection behind its first answer, so that clients need one for each request. */
  readonly oneRequestPerConnection?: boolean
  /** Played only when `--impl` names it: it takes long to build, or is not what most runs are about. */
  readonly onRequest: boolean
  /** The manifest's folder, where the build runs. */
  readonly dir: string
  /** The repository, which `{root}` stands for. */
  readonly root: string
}

/** Another version that a manifest offers: what differs from the one that it is about. */
interface OtherVersion extends Partial<Pick<Manifest, 'command' | 'unsupported'>> {
  readonly version: string
  readonly build?: Partial<BuildSection>
}

/** A manifest as it is written. */
interface Written extends Manifest {
  readonly versions: readonly OtherVersion[]
}

const FILE = 'manifest.yaml'

/** Between the name of an implementation and one of its other versions: `go@0.4.0`. */
const VERSION_SIGN = '@'

/** What an implementation may be called: it becomes part of the paths of cells and files. */
export const NAME_PATTERN = schema.properties.name.pattern

/** What words may contain; only the command that builds has `{work}`, which is not there for good. */
const PLACEHOLDERS = ['out', 'root'] as const
const BUILD_PLACEHOLDERS = [...PLACEHOLDERS, 'work'] as const

/** Images may also have the Node.js that runs this. */
const IMAGE_PLACEHOLDERS = [...PLACEHOLDERS, 'node'] as const

export type Placeholders = Readonly<Record<(typeof PLACEHOLDERS)[number], string> & { node?: string; work?: string }>

const findFaults = faultFinder(schema, 'the manifest')

/** The implementation's name without a version: `go` of `go@0.4.0`. */
export function baseName(name: string): string {
  return name.split(VERSION_SIGN)[0] as string
}

/**
 * Reads `<folder>/<name>/manifest.yaml` of every implementation, by name; its other versions come behind each, as
 * manifests of their own that are played on request.
 *
 * @throws HarnessError ERR_MANIFEST_INVALID with all faults of the first manifest that has some
 */
export async function loadManifests(folder: string): Promise<Manifest[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return (await Promise.all(names.sort().map(name => read(folder, name)))).flatMap(everyVersion)
}

/**
 * Reads one implementation's manifest, or that of another version by a name as `go@0.4.0`.
 *
 * @throws HarnessError ERR_MANIFEST_INVALID
 */
export async function loadManifest(folder: string, name: string): Promise<Manifest> {
  const all = everyVersion(await read(folder, baseName(name)))
  const found = all.find(manifest => manifest.name === name)
  if (found !== undefined) return found
  throw new HarnessError(
    'ERR_MANIFEST_INVALID',
    `there is no version ${name}; there are ${all.map(manifest => manifest.name).join(', ')}`,
  )
}

function everyVersion({ versions, ...manifest }: Written): Manifest[] {
  const others = versions.map(({ build, ...other }) => ({
    ...manifest,
    ...other,
    name: `${manifest.name}${VERSION_SIGN}${other.version}`,
    build: { ...manifest.build, ...build },
    onRequest: true,
  }))
  return [manifest, ...others]
}

async function read(folder: string, name: string): Promise<Written> {
  const root = dirname(folder)
  const dir = join(folder, name)
  const path = join(dir, FILE)
  const faulty = (faults: readonly string[], cause?: unknown): HarnessError =>
    new HarnessError('ERR_MANIFEST_INVALID', `${relative(root, path)}: ${faults.join('\n  ')}`, { cause })

  let content: unknown
  try {
    content = parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw faulty([(error as Error).message], error)
  }
  const misfits = findFaults(content)
  if (misfits.length > 0) throw faulty(misfits)
  const defaults = { unsupported: [], versions: [], onRequest: false }
  const manifest = { ...defaults, ...(content as object), dir, root } as unknown as Written
  const faults = inconsistencies(manifest, name)
  if (faults.length > 0) throw faulty(faults)
  return manifest
}

/** Puts values in place of `{out}` and `{root}`, and of `{work}` and `{node}` where there is one. */
export function fillPlaceholders(word: string, values: Placeholders): string {
  return word.replace(/\{(out|root|work|node)\}/g, (text, name: keyof Placeholders) => values[name] ?? text)
}

/** What a schema cannot say. */
function inconsistencies(written: Written, folder: string): string[] {
  const faults: string[] = []
  if (written.name !== folder) faults.push(`name is "${written.name}", expected "${folder}" as its folder is called`)
  const all = everyVersion(written)
  for (const [index, { version }] of all.entries()) {
    if (all.findIndex(other => other.version === version) < index) faults.push(`/versions: ${version} is there twice`)
  }
  return [...new Set([...faults, ...all.flatMap(misuses)])]
}

/** Placeholders that there are not, and features named twice. */
function misuses(manifest: Manifest): string[] {
  const faults: string[] = []
  const { run, outputs } = manifest.build
  for (const word of run) faults.push(...unknownPlaceholders(word, BUILD_PLACEHOLDERS))
  for (const word of [...outputs, ...manifest.command]) faults.push(...unknownPlaceholders(word, PLACEHOLDERS))
  for (const source of Object.values(manifest.image?.files ?? {})) {
    faults.push(...unknownPlaceholders(source, IMAGE_PLACEHOLDERS))
  }
  const features = manifest.unsupported.map(({ feature }) => feature)
  for (const [index, feature] of features.entries()) {
    if (features.indexOf(feature) < index) faults.push(`/unsupported names ${feature} twice`)
  }
  return faults
}

function unknownPlaceholders(word: string, known: readonly string[]): string[] {
  const unknown = [...word.matchAll(/\{([a-z]+)\}/g)].map(([, name = '']) => name).filter(name => !known.includes(name))
  const all = known.map(name => `{${name}}`)
  const allowed = `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
  return unknown.map(name => `"${word}": there is no placeholder {${name}}, only ${allowed}`)
}
