import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import { loadConfig } from '../../daemon/config.ts'
import { REQUEST_ERROR_CODES } from '../../daemon/control/request-error.ts'
import { features } from '../../daemon/features.ts'
import { codeIn, plain, ROOT, tablesOf } from './markdown.ts'

/**
 * docs/protocol.md against the schema and the code, both ways: what is in one of them and not in the other fails. Its
 * error texts and its bytes are held against a real daemon in test/daemon/protocol-document.test.ts.
 */

const tables = await tablesOf('docs/protocol.md')
const text = await readFile(join(ROOT, 'docs/protocol.md'), 'utf8')
const schema = await protobuf.load(join(ROOT, 'proto/p2pd.proto'))

/** The messages and enums of the schema by their names, as the document has them. */
interface Shapes {
  readonly messages: Record<string, readonly string[]>
  readonly enums: Record<string, readonly string[]>
}

function shapesOf(namespace: protobuf.NamespaceBase, prefix = ''): Shapes {
  const shapes: Shapes = { messages: {}, enums: {} }
  for (const item of namespace.nestedArray) {
    const name = `${prefix}${item.name}`
    if (item instanceof protobuf.Enum) {
      shapes.enums[name] = Object.entries(item.values).map(([value, number]) => `${value} ${number}`)
    }
    if (item instanceof protobuf.Type) {
      shapes.messages[name] = item.fieldsArray.map(field => `${field.name} ${field.id} ${typeOf(field)}`)
      const nested = shapesOf(item, `${name}.`)
      Object.assign(shapes.messages, nested.messages)
      Object.assign(shapes.enums, nested.enums)
    }
  }
  return shapes
}

function typeOf(field: protobuf.Field): string {
  field.resolve()
  const type = field.resolvedType?.fullName.replace('.p2pd.pb.', '') ?? field.type
  if (field.repeated) return `repeated ${type}`
  return `${field.required ? 'required' : 'optional'} ${type}`
}

const shapes = shapesOf(schema.lookup('p2pd.pb') as protobuf.Namespace)

/** The tables whose first column is called so, by their titles. */
function documented(head: string, columns: number): Record<string, readonly string[]> {
  return Object.fromEntries(
    tables
      .filter(table => table.head[0] === head)
      .map(({ title, rows }) => [title, rows.map(row => row.slice(0, columns).map(plain).join(' '))]),
  )
}

test('it has every message with every field, and no others', () => {
  expect(documented('field', 3)).toEqual(shapes.messages)
})

test('it has every enum with every value, and no others', () => {
  expect(documented('value', 2)).toEqual(shapes.enums)
})

test('its error codes, and what they mean, are the daemon’s', () => {
  const codes = tables.find(({ head }) => head.join() === 'code,meaning')
  expect(Object.fromEntries(codes?.rows ?? [])).toEqual(
    Object.fromEntries(Object.entries(REQUEST_ERROR_CODES).map(([code, meaning]) => [`\`${code}\``, meaning])),
  )
  const words = text.match(/\bERR_[A-Z_]+/g) ?? []
  expect(words.filter(word => !(word in REQUEST_ERROR_CODES))).toEqual([])
})

test('the words for features are those that a daemon can say', async () => {
  const everything = ['-pubsub', '-relay', '-autoRelay', '-autonat', '-natPortMap', '-plaintext', '-pprof']
  const configs = [
    [...everything, '-dht', '-metricsAddr=127.0.0.1:0', '-peerstore=/x'],
    ['-dhtClient', '-muxer=mplex', '-psk=/x', '-pubsub', '-pubsubRouter=floodsub'],
    ['-dhtServer'],
  ]
  const said = await Promise.all(configs.map(async flags => features(await loadConfig(flags))))
  const section = text.slice(text.indexOf('The features are'), text.indexOf('A daemon that hangs up on VERSION'))
  expect(codeIn(section).toSorted()).toEqual([...new Set(said.flat())].toSorted())
})

test('the links within it lead somewhere', () => {
  const anchors = text
    .split('\n')
    .filter(line => line.startsWith('#'))
    .map(line =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    )
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
  expect(links.filter(link => !anchors.includes(link as string))).toEqual([])
})
