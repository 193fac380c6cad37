import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build, defaultCacheDir, isBuilt } from '../../harness/build.ts'
import { findExecutable } from '../../harness/executable.ts'
import { loadManifest } from '../../harness/manifest.ts'
import { spawnGroup } from '../../harness/process-group.ts'

/**
 * The daemons of this repository in other languages pass their own checks: format, linter, types and tests. Each is a
 * script that needs nothing of Node, `check.sh` in the daemon's folder; here it runs where what takes minutes is done.
 */

const ROOT = join(import.meta.dirname, '../..')

const TIMEOUT = 300_000

const target = join(defaultCacheDir(), 'rust-checks')
const rust = (await findExecutable('cargo')) === undefined ? 'cargo is not installed' : compiled()

const manifest = await loadManifest(join(ROOT, 'implementations'), 'python')
const python = (await isBuilt(manifest)) ? undefined : 'it is not built: --impl python does it'

test.skipIf(rust !== undefined)(
  `the daemon in Rust passes cargo fmt, clippy and its tests${reason(rust)}`,
  { timeout: TIMEOUT },
  async ({ signal }) => {
    await passes(['sh', 'implementations/rust/check.sh', target], signal)
  },
)

test.skipIf(python !== undefined)(
  `the daemon in Python passes ruff, mypy and its tests${reason(python)}`,
  { timeout: TIMEOUT },
  async ({ signal }) => {
    const built = await build(manifest, { signal })
    if (built.status === 'missing') throw new Error(built.reason)
    const tools = join(defaultCacheDir(), 'python-checks')
    await passes(['sh', 'implementations/python/check.sh', join(built.out, 'venv/bin/python'), tools], signal)
  },
)

async function passes(command: readonly string[], signal: AbortSignal): Promise<void> {
  const { output, exited } = await spawnGroup(command, { cwd: ROOT, signal })
  const { code } = await exited
  expect(code, output.tail(60)).toBe(0)
}

function compiled(): string | undefined {
  if (existsSync(join(target, 'debug'))) return undefined
  return `its crates are not compiled: sh implementations/rust/check.sh ${target} takes a few minutes`
}

function reason(lacking: string | undefined): string {
  return lacking === undefined ? '' : ` (skipped: ${lacking})`
}
