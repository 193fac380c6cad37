import { adHoc } from './ad-hoc.ts'
import type { Progress } from './build.ts'
import { HarnessError } from './errors.ts'
import { type Implementation, type MissingImplementation, prepare } from './implementation.ts'
import type { Manifest } from './manifest.ts'
import { didYouMean } from './nearest.ts'

/**
 * Finds and builds the implementations that a run is about.
 *
 * @param words of `--impl`: `NAME=COMMAND` adds a daemon, `NAME,NAME` limits the run to those of the repository;
 *   without any limit all of them are in
 * @throws HarnessError ERR_COMMAND_INVALID for a name or command that does not exist; what {@link prepare} throws
 */
export async function selectImplementations(
  words: readonly string[],
  manifests: readonly Manifest[],
  options: { readonly write: (text: string) => void; readonly signal?: AbortSignal },
): Promise<(Implementation | MissingImplementation)[]> {
  const commands = words.filter(word => word.includes('='))
  const names = words.filter(word => !word.includes('=')).flatMap(word => word.split(','))
  const known = manifests.map(({ name }) => name)
  for (const name of names) {
    if (!known.includes(name)) {
      throw new HarnessError(
        'ERR_COMMAND_INVALID',
        `there is no implementation "${name}"${didYouMean(name, known)}; there are ${known.join(', ')}, and NAME=COMMAND adds another`,
      )
    }
  }
  const added = await Promise.all(
    commands.map(word => {
      const at = word.indexOf('=')
      const name = word.slice(0, at)
      if (known.includes(name)) {
        throw new HarnessError(
          'ERR_COMMAND_INVALID',
          `"${name}" is an implementation of the repository; choose another name`,
        )
      }
      return adHoc(name, word.slice(at + 1))
    }),
  )
  const chosen = names.length === 0 ? manifests : manifests.filter(({ name }) => names.includes(name))
  const prepared = []
  // one after the other: each build has the machine, and the progress lines, to itself
  for (const manifest of chosen) {
    const onProgress = ({ elapsed, line }: Progress): void =>
      options.write(`building ${manifest.name}, ${elapsed} s: ${line}\n`)
    prepared.push(await prepare(manifest, { onProgress, ...(options.signal && { signal: options.signal }) }))
  }
  return [...prepared, ...added]
}
