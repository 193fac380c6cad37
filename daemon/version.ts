import manifest from '../package.json' with { type: 'json' }

export const VERSION: string = manifest.version

/** How this daemon introduces itself to peers in identify. */
export const USER_AGENT = `p2pd/${VERSION}`
