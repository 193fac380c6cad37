import { mkdirSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

/** Others may not write here: what is in the cache is run. */
const WRITABLE_BY_OTHERS = 0o022

/**
 * Keeps the code that V8 compiles in the user's cache folder, from where the next start takes it. Without such a folder,
 * or one that belongs to the user alone, every start compiles anew. Node's own variables, NODE_COMPILE_CACHE and
 * NODE_DISABLE_COMPILE_CACHE, come first.
 */
export function cacheCompiledCode(environment: NodeJS.ProcessEnv = process.env): void {
  const { XDG_CACHE_HOME, HOME } = environment
  const caches = XDG_CACHE_HOME || (HOME && join(HOME, '.cache'))
  if (!caches) return
  const folder = join(caches, 'p2pd', 'compiled')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = statSync(folder)
    if (uid === process.geteuid?.() && (mode & WRITABLE_BY_OTHERS) === 0) enableCompileCache(folder)
  } catch {
    // read-only, or full: nothing that a daemon needs
  }
}
