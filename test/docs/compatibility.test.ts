import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { FIELDS, type Struct } from '../../daemon/config-file.ts'
import { DAEMON_FLAGS } from '../../daemon/config-flags.ts'
import { ConnManagerRequest, DHTRequest, PeerstoreRequest, PSRequest, Request } from '../../proto/codec.ts'
import { BUILD_TIMEOUT, subjectCommand } from '../clients/daemons.ts'
import { codeIn, linksIn, plain, ROOT, tablesOf } from './markdown.ts'

/** docs/compatibility.md has a row for everything that go's daemon has, and names tests that exist. */

const DOCUMENT = 'docs/compatibility.md'
const tables = await tablesOf(DOCUMENT)

function rowsOf(title: string): readonly (readonly string[])[] {
  return tables.filter(table => table.title === title).flatMap(({ rows }) => rows)
}

const namesOf = (title: string): string[] => rowsOf(title).map(([name]) => plain(name as string))

test(
  'every flag in the usage of go’s daemon has a row, and no others',
  async () => {
    const [program] = await subjectCommand('go')
    const usage = await new Promise<string>(resolve => {
      execFile(program as string, ['-h'], (_error, _stdout, stderr) => resolve(stderr))
    })
    const flags = [...usage.matchAll(/^ {2}(-\w+)/gm)].map(([, flag]) => flag as string)
    expect(flags.length).toBeGreaterThan(40)
    expect(namesOf('Flags')).toEqual(flags.toSorted())
  },
  BUILD_TIMEOUT,
)

test('every flag that is named is a flag of this daemon', async () => {
  const text = await readFile(join(ROOT, DOCUMENT), 'utf8')
  const named = codeIn(text).flatMap(code => code.match(/^-\w+/g) ?? [])
  // help is no flag to the parser, and x is any
  const flags = [...Object.keys(DAEMON_FLAGS).map(name => `-${name}`), '-h', '-help', '-x']
  expect(named.filter(flag => !flags.includes(flag))).toEqual([])
})

/** What is in the JSON beyond go's. */
const OWN_FIELDS = [
  /^(Peerstore|PSK|SocketMode|Stock)$/,
  /^(Log|Limits)\./,
  /^Relay\.(Relays|CircuitsPerPeer|HolePunching|Reservations|ReservationTTL|DataLimit|TimeLimit)$/,
]

function fieldPaths(fields: Struct, before = ''): string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    typeof field === 'string' ? [`${before}${name}`] : fieldPaths(field, `${before}${name}.`),
  )
}

test('every field of go’s JSON has a row, and no others', () => {
  const fields = fieldPaths(FIELDS).filter(path => !OWN_FIELDS.some(own => own.test(path)))
  expect(namesOf('JSON').toSorted()).toEqual(fields.toSorted())
})

test('every request has a row, and no others', () => {
  const words = (type: object): string[] =>
    Object.entries(type).flatMap(([word, number]) => (typeof number === 'number' ? [word] : []))
  const families: Readonly<Record<string, object>> = {
    DHT: DHTRequest.Type,
    CONNMANAGER: ConnManagerRequest.Type,
    PUBSUB: PSRequest.Type,
    PEERSTORE: PeerstoreRequest.Type,
  }
  const requests = words(Request.Type).flatMap(name => {
    const family = families[name]
    return family === undefined ? [name] : words(family).map(word => `${name} ${word}`)
  })
  expect(namesOf('Requests').toSorted()).toEqual(requests.filter(name => name !== 'PEERSTORE UNSPECIFIED').toSorted())
})

test('every row is backed by tests, which exist by these titles', async () => {
  for (const { head, rows } of tables) {
    expect(head.at(-1)).toBe('tests')
    for (const row of rows) {
      const links = linksIn(row.at(-1) ?? '')
      expect(links, row[0]).not.toEqual([])
      for (const { text: title, target } of links) {
        const source = await readFile(join(ROOT, normalize(join(dirname(DOCUMENT), target))), 'utf8')
        expect(
          ["'", '"', '`'].some(quote => source.includes(`${quote}${title}`)),
          `${target}: ${title}`,
        ).toBe(true)
      }
    }
  }
})
