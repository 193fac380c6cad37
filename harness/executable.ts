import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'

/**
 * Finds what a command name stands for, as a shell does: a name with a slash is a path from `cwd`, any other is looked
 * up in PATH. Gives an absolute path, or undefined when there is no such file or it cannot be executed.
 */
export async function findExecutable(name: string, cwd = process.cwd()): Promise<string | undefined> {
  const folders = name.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter)
  for (const folder of folders) {
    const path = resolve(cwd, join(folder, name))
    if (await isExecutable(path)) return path
  }
  return undefined
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
