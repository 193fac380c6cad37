import manifest from '../package.json' with { type: 'json' }

export const VERSION: string = manifest.version

/** The exact versions of the libraries that it is built with. */
export const DEPENDENCIES: Readonly<Record<string, string>> = manifest.dependencies

/** How this daemon introduces itself to peers in identify. */
export const USER_AGENT = `p2pd/${VERSION}`
