import { didYouMean } from '../names/nearest.ts'
import { adHoc } from './ad-hoc.ts'
import { HarnessError } from './errors.ts'
import { type Implementation, type MissingImplementation, prepare } from './implementation.ts'
import type { Manifest } from './manifest.ts'
import type { ProgressLine } from './progress.ts'

/** What a run is about: implementations of the repository, still to be built, and others that are there already. */
export interface Selection {
  readonly manifests: readonly Manifest[]
  readonly added: readonly Implementation[]
}

/**
 * Finds the implementations that a run is about.
 *
 * @param words of `--impl`: `NAME=COMMAND` adds a daemon, `NAME,NAME` limits the run to those of the repository;
 *   without any limit all of them are in
 * @throws HarnessError ERR_IMPLEMENTATION_UNKNOWN, ERR_COMMAND_INVALID
 */
export async function selectImplementations(
  words: readonly string[],
  manifests: readonly Manifest[],
): Promise<Selection> {
  const known = manifests.map(({ name }) => name)
  const names = words.filter(word => !word.includes('=')).flatMap(word => word.split(','))
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) {
    throw new HarnessError(
      'ERR_IMPLEMENTATION_UNKNOWN',
      `there is no implementation "${unknown}"${didYouMean(unknown, known)}; there are ${known.join(', ')}, and NAME=COMMAND adds another`,
    )
  }
  const added: Implementation[] = []
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
  return { manifests: names.length === 0 ? manifests : manifests.filter(({ name }) => names.includes(name)), added }
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
  { progress, signal }: { readonly progress: ProgressLine; readonly signal: AbortSignal },
): Promise<(Implementation | MissingImplementation)[]> {
  const prepared = []
  for (const manifest of manifests) {
    prepared.push(
      await prepare(manifest, {
        signal,
        onProgress: ({ name, elapsed, line }) =>
          progress.show(`building ${name}, ${elapsed} s: ${line}`, elapsed % MILESTONE === 0),
      }),
    )
  }
  progress.clear()
  return prepared
}
