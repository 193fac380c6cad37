import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Generates `proto/gen/` from `proto/p2pd.proto`; with `--check`, only compares and fails when it is out of date.
 *
 * The code is generated without comments and the types from a run with them: pbjs reads its own comments to write types.
 */
const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')
const run = promisify(execFile)

const shared = ['-t', 'static-module', '-w', 'esm', '--es6', '--keep-case', '--force-number', '--null-semantics']
const unused = ['--no-create', '--no-convert', '--no-delimited', '--no-typeurl', '--no-service']

interface Schema {
  readonly nested?: Record<string, Schema>
  readonly values?: Record<string, number>
  options?: { features: { enum_type: 'OPEN' } }
}

/** proto2 drops enum values that it does not know; go's decoder keeps them, and answers them. So must ours. */
function openEnums(schema: Schema): void {
  if (schema.values !== undefined) schema.options = { features: { enum_type: 'OPEN' } }
  for (const child of Object.values(schema.nested ?? {})) openEnums(child)
}

const scratch = await mkdtemp(join(tmpdir(), 'p2pd-generate-'))
try {
  const pbjs = join(root, 'node_modules/.bin/pbjs')
  const source = join(scratch, 'schema.json')
  const { stdout } = await run(pbjs, ['-t', 'json', '--keep-case', 'proto/p2pd.proto'], { cwd: root })
  const schema: Schema = JSON.parse(stdout)
  openEnums(schema)
  await writeFile(source, JSON.stringify(schema))

  await run(pbjs, [...shared, ...unused, '--no-comments', '-o', join(scratch, 'code.js'), source], { cwd: root })
  await run(pbjs, [...shared, ...unused, '--dts', '-o', join(scratch, 'types.js'), source], { cwd: root })

  const stale: string[] = []
  for (const [made, kept] of [
    ['code.js', 'p2pd.js'],
    ['types.d.ts', 'p2pd.d.ts'],
  ] as const) {
    const fresh = await readFile(join(scratch, made), 'utf8')
    const path = join(root, 'proto/gen', kept)
    if (check) {
      if (fresh !== (await readFile(path, 'utf8').catch(() => ''))) stale.push(`proto/gen/${kept}`)
    } else {
      await writeFile(path, fresh)
    }
  }
  if (stale.length > 0) {
    process.stderr.write(`out of date: ${stale.join(', ')}; run npm run generate\n`)
    process.exitCode = 1
  }
} finally {
  await rm(scratch, { recursive: true })
}
