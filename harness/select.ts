import { didYouMean } from '../names/nearest.ts'
import { adHoc } from './ad-hoc.ts'
import { HarnessError } from './errors.ts'
import { type Implementation, type MissingImplementation, prepare, type Runtime } from './implementation.ts'
import { baseName, type Manifest } from './manifest.ts'
import type { ProgressLine } from './progress.ts'

/** What a run is about: implementations of the repository, still to be built, and others that are there already. */
export interface Selection {
  readonly manifests: readonly Manifest[]
  readonly added: readonly (Implementation | MissingImplementation)[]
}

/**
 * Finds the implementations that a run is about.
 *
 * @param words of `--impl`: `NAME=COMMAND` adds a daemon, `NAME,NAME` limits the run to those of the repository, where
 *   `NAME@VERSION` is another version and `NAME@all` every one; without any limit all are in that do not wait for a request
 * @throws HarnessError ERR_IMPLEMENTATION_UNKNOWN, ERR_COMMAND_INVALID
 */
export async function selectImplementations(
  words: readonly string[],
  manifests: readonly Manifest[],
): Promise<Selection> {
  const known = manifests.map(({ name }) => name)
  const names = words
    .filter(word => !word.includes('='))
    .flatMap(word => word.split(','))
    .flatMap(name => resolveVersion(name, manifests))
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) {
    throw new HarnessError(
      'ERR_IMPLEMENTATION_UNKNOWN',
      `there is no implementation "${unknown}"${didYouMean(unknown, known)}; there are ${known.join(', ')}, and NAME=COMMAND adds another`,
    )
  }
  const added: (Implementation | MissingImplementation)[] = []
  for (const word of words.filter(word => word.includes('='))) {
    const at = word.indexOf('=')
    const name = word.slice(0, at)
    if (known.includes(name) || added.some(other => other.name === name)) {
      throw new HarnessError(
        'ERR_IMPLEMENTATION_UNKNOWN',
        `there is already an implementation "${name}"; choose another name`,
      )
    }
    added.push(await adHoc(name, word.slice(at + 1)))
  }
  const isIn = ({ name, onRequest }: Manifest): boolean => (names.length === 0 ? !onRequest : names.includes(name))
  return { manifests: manifests.filter(isIn), added }
}

/** The names that a word stands for: those of all versions, or the bare one of the version that has no other. */
function resolveVersion(word: string, manifests: readonly Manifest[]): string[] {
  const of = manifests.filter(({ name }) => baseName(name) === baseName(word))
  if (word === `${baseName(word)}@all` && of.length > 0) return of.map(({ name }) => name)
  const exact = of.find(({ name, version }) => name === word || `${baseName(name)}@${version}` === word)
  return [exact?.name ?? word]
}

/** Seconds between two lines about a build where lines cannot be written again. */
const MILESTONE = 10

/**
 * Builds implementations one after the other, so that each has the machine and the progress line to itself.
 *
 * @throws what {@link prepare} throws
 */
export async function prepareAll(
  manifests: readonly Manifest[],
  {
    runtime,
    progress,
    signal,
  }: { readonly runtime: Runtime; readonly progress: ProgressLine; readonly signal: AbortSignal },
): Promise<(Implementation | MissingImplementation)[]> {
  const prepared = []
  for (const manifest of manifests) {
    prepared.push(
      await prepare(manifest, {
        runtime,
        signal,
        onProgress: ({ name, elapsed, line }) =>
          progress.show(`building ${name}, ${elapsed} s: ${line}`, elapsed % MILESTONE === 0),
      }),
    )
  }
  progress.clear()
  return prepared
}
