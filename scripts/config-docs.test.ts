import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { decodeConfigFile, FIELDS, type ScalarTypes, type Struct } from '../daemon/config-file.ts'
import { DAEMON_FLAGS } from '../daemon/config-flags.ts'
import { configSchema, withConfigTables } from './config-docs.ts'

const root = join(import.meta.dirname, '..')
const document = await readFile(join(root, 'docs/configuration.md'), 'utf8')
const published = await readFile(join(root, 'docs/config.schema.json'), 'utf8')

test('what is published is what is generated', () => {
  expect(published).toBe(configSchema())
  expect(withConfigTables(document)).toBe(document)
})

/** Every leaf of the configuration by its path. */
function leaves(fields: Struct, path: readonly string[] = []): [path: readonly string[], type: keyof ScalarTypes][] {
  return Object.entries(fields).flatMap(([name, field]) =>
    typeof field === 'string' ? [[[...path, name], field] as const] : leaves(field, [...path, name]),
  ) as [readonly string[], keyof ScalarTypes][]
}

const FIELD_PATHS = leaves(FIELDS)

test('every flag and field has one row, and every row is of one', () => {
  const rows = document.split('\n').filter(line => line.startsWith('| `') || line.startsWith('|  |'))
  const cells = rows.map(row => row.split(' | ').map(cell => /`-?([\w.]+)/.exec(cell)?.[1] ?? ''))
  expect(
    cells
      .map(([flag]) => flag)
      .filter(Boolean)
      .toSorted(),
  ).toEqual(Object.keys(DAEMON_FLAGS).toSorted())
  expect(
    cells
      .map(([, field]) => field)
      .filter(Boolean)
      .toSorted(),
  ).toEqual(FIELD_PATHS.map(([path]) => path.join('.')).toSorted())
})

/** Values of every kind, good ones among them for every type. */
const VALUES = [true, false, '', 'text', 0, 1, -1, 1.5, [], ['/a'], [1], {}, { x: 1 }]

const isValid = new Ajv({ strict: false }).compile(JSON.parse(published))

const nest = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)

test.each(FIELD_PATHS.map(([path]) => path.join('.')))('%s: the schema allows what the daemon reads', name => {
  const path = name.split('.')
  const properties = path.reduce<Record<string, unknown>>(
    (schema, part) => (schema.properties as Record<string, Record<string, unknown>>)[part] ?? {},
    JSON.parse(published),
  )
  // words outside a list are read, and refused later
  const values = properties.enum === undefined ? VALUES : VALUES.filter(value => typeof value !== 'string')
  for (const value of [...values, ...((properties.enum ?? []) as string[])]) {
    const json = nest(path, value)
    const read = (() => {
      try {
        decodeConfigFile(JSON.stringify(json))
        return true
      } catch {
        return false
      }
    })()
    expect({ json, valid: isValid(json) }).toEqual({ json, valid: read })
  }
})

test('a misspelt name is invalid in an editor, and a warning of the daemon', () => {
  for (const json of [{ Quite: true }, { DHT: { Mod: 'full' } }]) {
    const problems: string[] = []
    decodeConfigFile(JSON.stringify(json), problem => problems.push(problem))
    expect({ json, valid: isValid(json), problems: problems.length }).toEqual({ json, valid: false, problems: 1 })
  }
  expect(isValid({ $schema: 'docs/config.schema.json' })).toBe(true)
})

test('the example in the documentation is valid', () => {
  const [, example] = /```json\n([\s\S]*?)```/.exec(document) ?? []
  const problems: string[] = []
  expect(decodeConfigFile(example as string, problem => problems.push(problem))).toHaveProperty('Log')
  expect(problems).toEqual([])
  expect(isValid(JSON.parse(example as string))).toBe(true)
})
