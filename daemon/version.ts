import manifest from '../package.json' with { type: 'json' }

export const VERSION: string = manifest.version

/** The control protocol that it speaks, by the daemon that defined it. */
export const GO_PROTOCOL = 'go-libp2p-daemon v0.9.2'

/** Counts the changes of the control protocol; 1 is go-libp2p-daemon v0.9.2's with this daemon's first extensions. */
export const PROTOCOL_REVISION = 1

/** The exact versions of the libraries that it is built with. */
export const DEPENDENCIES: Readonly<Record<string, string>> = manifest.dependencies

/** How this daemon introduces itself to peers in identify. */
export const USER_AGENT = `p2pd/${VERSION}`

/** What `-version` prints. */
export function describeVersion(): string {
  return `p2pd ${VERSION} (protocol ${GO_PROTOCOL}, revision ${PROTOCOL_REVISION}; node ${process.version})`
}
