import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { configSchema, withConfigTables } from './config-docs.ts'

/**
 * Generates `proto/gen/` from the schemas in `proto/`; with `--check`, only compares and fails when it is out of date.
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

const SCHEMAS = ['p2pd', 'libp2p', 'kad']

const scratch = await mkdtemp(join(tmpdir(), 'p2pd-generate-'))
try {
  const stale = (await Promise.all([...SCHEMAS.map(generate), generateDocs()])).flat()
  if (stale.length > 0) {
    process.stderr.write(`out of date: ${stale.join(', ')}; run npm run generate\n`)
    process.exitCode = 1
  }
} finally {
  await rm(scratch, { recursive: true })
}

/** Generates the code of one schema; gives the files that are out of date, when only checking. */
async function generate(name: string): Promise<string[]> {
  const pbjs = join(root, 'node_modules/.bin/pbjs')
  const [source, code, types] = ['json', 'js', 'types.js'].map(ending => join(scratch, `${name}.${ending}`)) as [
    string,
    string,
    string,
  ]
  const { stdout } = await run(pbjs, ['-t', 'json', '--keep-case', `proto/${name}.proto`], { cwd: root })
  const schema: Schema = JSON.parse(stdout)
  openEnums(schema)
  await writeFile(source, JSON.stringify(schema))

  await run(pbjs, [...shared, ...unused, '--no-comments', '-o', code, source], { cwd: root })
  await run(pbjs, [...shared, ...unused, '--dts', '-o', types, source], { cwd: root })

  const stale: string[] = []
  for (const [made, kept] of [
    [code, `${name}.js`],
    [join(scratch, `${name}.types.d.ts`), `${name}.d.ts`],
  ] as const) {
    stale.push(...(await keep(`proto/gen/${kept}`, await readFile(made, 'utf8'))))
  }
  return stale
}

/** Generates what describes the configuration. */
async function generateDocs(): Promise<string[]> {
  const document = 'docs/configuration.md'
  const text = await readFile(join(root, document), 'utf8')
  return [...(await keep('docs/config.schema.json', configSchema())), ...(await keep(document, withConfigTables(text)))]
}

/** Writes a file, or when only checking, gives its name when it is out of date. */
async function keep(name: string, fresh: string): Promise<string[]> {
  const path = join(root, name)
  if (!check) await writeFile(path, fresh)
  else if (fresh !== (await readFile(path, 'utf8').catch(() => ''))) return [name]
  return []
}
