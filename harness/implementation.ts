import { type BuildOptions, build } from './build.ts'
import type { Unsupported } from './features.ts'
import { fillPlaceholders, type Manifest } from './manifest.ts'

/** A daemon that can be launched. */
export interface Implementation {
  readonly status: 'ready'
  readonly name: string
  /** As people call it. */
  readonly title: string
  readonly version: string
  /** The program and the words that belong to it; the daemon's flags follow. */
  readonly command: readonly string[]
  readonly unsupported: readonly Unsupported[]
}

/** A daemon that this machine cannot build, and why. */
export interface MissingImplementation {
  readonly status: 'missing'
  readonly name: string
  readonly title: string
  readonly version: string
  /** Ends with what to do about it. */
  readonly reason: string
}

/**
 * Builds what a manifest describes, unless that is in the cache already.
 *
 * @throws HarnessError ERR_BUILD_FAILED, ERR_MANIFEST_INVALID; the signal's reason
 */
export async function prepare(
  manifest: Manifest,
  options: BuildOptions = {},
): Promise<Implementation | MissingImplementation> {
  const { name, title, version, unsupported, root } = manifest
  const built = await build(manifest, options)
  if (built.status === 'missing') return { name, title, version, ...built }
  const command = manifest.command.map(word => fillPlaceholders(word, { out: built.out, root }))
  return { status: 'ready', name, title, version, command, unsupported }
}
