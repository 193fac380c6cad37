import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Why there can be no network of our own here; undefined when there can. */
export function whyNoNamespace(): string | undefined {
  try {
    execFileSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `no network namespaces: ${(error as Error).message.trim()}`
  }
}

/** Runs a script of this folder where there is no network but what it makes itself; gives the JSON that it prints. */
export async function playInNamespace(script: string, words: readonly string[] = []): Promise<unknown> {
  const args = ['-rn', process.execPath, join(import.meta.dirname, script), ...words]
  const { stdout } = await run('unshare', args, { timeout: 60_000 })
  return JSON.parse(stdout)
}

/** For the scripts: one command of iproute2. */
export function ip(command: string): void {
  execFileSync('ip', command.split(' '))
}
