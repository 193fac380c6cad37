import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const ELF = Buffer.from('\x7fELF', 'latin1')

/**
 * Finds the shared libraries that a program, or a native module, loads: an image without any needs them at the same
 * paths. None for whatever is no program, or loads nothing.
 */
export async function sharedLibraries(file: string): Promise<string[]> {
  if (!(await isElf(file))) return []
  try {
    const { stdout } = await run('ldd', [file])
    return parseLdd(stdout)
  } catch {
    // statically linked
    return []
  }
}

/** The paths in what ldd prints: `libc.so.6 => /lib/libc.so.6 (0x…)`, and the loader's own, `/lib64/ld-linux.so.2 (0x…)`. */
export function parseLdd(text: string): string[] {
  return text.split('\n').flatMap(line => /(?:=>|^\s+)\s*(\/\S+) \(0x/.exec(line)?.[1] ?? [])
}

async function isElf(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(ELF.length), 0, ELF.length, 0)
    return bytesRead === ELF.length && buffer.equals(ELF)
  } finally {
    await handle.close()
  }
}
