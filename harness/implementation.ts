import { type BuildOptions, build } from './build.ts'
import { buildImage } from './container/image.ts'
import { probeEngine } from './container/probe.ts'
import type { Unsupported } from './features.ts'
import { fillPlaceholders, type Manifest } from './manifest.ts'

/** A daemon that can be launched. */
export interface Implementation {
  readonly status: 'ready'
  readonly name: string
  /** As people call it. */
  readonly title: string
  readonly version: string
  readonly homepage?: string
  /** The program and the words that belong to it; the daemon's flags follow. */
  readonly command: readonly string[]
  /** The image whose containers it runs in; the command's words are then added to the image's own. */
  readonly image?: string
  readonly unsupported: readonly Unsupported[]
  /** Its clients need a connection for each request. */
  readonly oneRequestPerConnection?: boolean
  /** It has no manifest: what it offers is found out by asking. */
  readonly stranger?: true
}

/** Where daemons run: as processes of this machine, or each in a container, on a network of their own. */
export type Runtime = 'native' | 'container'

/** A daemon that this machine cannot build, and why. */
export interface MissingImplementation {
  readonly status: 'missing'
  readonly name: string
  readonly title: string
  readonly version: string
  readonly homepage?: string
  /** What it would not offer either; absent where nobody knows. */
  readonly unsupported?: readonly Unsupported[]
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
  { runtime = 'native', ...options }: BuildOptions & { readonly runtime?: Runtime } = {},
): Promise<Implementation | MissingImplementation> {
  const { name, title, version, homepage, unsupported, oneRequestPerConnection = false, root } = manifest
  const described = { name, title, version, ...(homepage !== undefined && { homepage }), unsupported }
  if (runtime === 'container') {
    const reason = await whyNoContainer(manifest)
    if (reason !== undefined) return { status: 'missing', ...described, reason }
  }
  const built = await build(manifest, options)
  if (built.status === 'missing') return { ...described, ...built }
  if (runtime === 'container' && manifest.image !== undefined) {
    const image = await buildImage(manifest, manifest.image, { out: built.out, signal: options.signal })
    return { status: 'ready', ...described, command: [], image, oneRequestPerConnection }
  }
  const command = manifest.command.map(word => fillPlaceholders(word, { out: built.out, root }))
  return { status: 'ready', ...described, command, oneRequestPerConnection }
}

/** Asked before anything is built, so that nobody waits for a build to be told. */
async function whyNoContainer({ title, image }: Manifest): Promise<string | undefined> {
  if (image === undefined) return `${title} has no image for containers; its manifest does not say what goes into one`
  if (process.platform !== 'linux') return `images are made of programs for Linux, and this is ${process.platform}`
  const engine = await probeEngine()
  return 'missing' in engine ? engine.missing : undefined
}
