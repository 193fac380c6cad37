import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import schema from '../implementations/manifest.schema.json' with { type: 'json' }
import { HarnessError } from './errors.ts'
import type { Unsupported } from './features.ts'
import { faultFinder } from './schema.ts'

/** How something is built: the `build` of a manifest. Each field is explained in `manifest.schema.json`. */
export interface BuildSection {
  readonly needs: readonly { readonly command: string; readonly hint: string }[]
  readonly inputs: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly run: readonly string[]
  readonly outputs: readonly string[]
}

/** What an implementation's folder says about it. */
export interface Manifest {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly homepage?: string
  readonly build: BuildSection
  readonly command: readonly string[]
  readonly unsupported: readonly Unsupported[]
  /** The manifest's folder, where the build runs. */
  readonly dir: string
  /** The repository, which `{root}` stands for. */
  readonly root: string
}

const FILE = 'manifest.yaml'

/** What an implementation may be called: it becomes part of the paths of cells and files. */
export const NAME_PATTERN = schema.properties.name.pattern

const PLACEHOLDERS = ['out', 'root'] as const

type Placeholders = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>

const findFaults = faultFinder(schema, 'the manifest')

/**
 * Reads `<folder>/<name>/manifest.yaml` of every implementation, by name.
 *
 * @throws HarnessError ERR_MANIFEST_INVALID with all faults of the first manifest that has some
 */
export async function loadManifests(folder: string): Promise<Manifest[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return Promise.all(names.sort().map(name => loadManifest(folder, name)))
}

/**
 * Reads one implementation's manifest.
 *
 * @throws HarnessError ERR_MANIFEST_INVALID
 */
export async function loadManifest(folder: string, name: string): Promise<Manifest> {
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
  const manifest = { unsupported: [], ...(content as object), dir, root } as unknown as Manifest
  const faults = inconsistencies(manifest, name)
  if (faults.length > 0) throw faulty(faults)
  return manifest
}

/** Puts values in place of `{out}` and `{root}`. */
export function fillPlaceholders(word: string, values: Placeholders): string {
  return word.replace(/\{(out|root)\}/g, (_, name: keyof Placeholders) => values[name])
}

/** What a schema cannot say. */
function inconsistencies(manifest: Manifest, folder: string): string[] {
  const faults: string[] = []
  if (manifest.name !== folder) faults.push(`name is "${manifest.name}", expected "${folder}" as its folder is called`)
  const { run, outputs } = manifest.build
  for (const word of [...run, ...outputs, ...manifest.command]) {
    for (const [, name] of word.matchAll(/\{([a-z]+)\}/g)) {
      if (!(PLACEHOLDERS as readonly (string | undefined)[]).includes(name)) {
        faults.push(`"${word}": there is no placeholder {${name}}, only {out} and {root}`)
      }
    }
  }
  const features = manifest.unsupported.map(({ feature }) => feature)
  for (const [index, feature] of features.entries()) {
    if (features.indexOf(feature) < index) faults.push(`/unsupported names ${feature} twice`)
  }
  return faults
}
