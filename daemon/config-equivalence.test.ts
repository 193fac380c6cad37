import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type Config, loadConfig } from './config.ts'
import { DAEMON_FLAGS } from './config-flags.ts'
import { SETTINGS, type Setting } from './config-reference.ts'

/** Words that are not the default, where not every word will do. */
const WORDS: Readonly<Record<string, string>> = {
  listen: '/unix/tmp/other.sock',
  pubsubRouter: 'floodsub',
  muxer: 'mplex',
  log: 'debug',
  logFormat: 'json',
  socketMode: '0660',
}

/** Settings that are there for compatibility alone. */
const WITHOUT_EFFECT = ['relayActive', 'relayHop']

/** What makes the others count. */
const CONTEXT = ['-connManager', '-pubsub', '-dht']

type FlagName = keyof typeof DAEMON_FLAGS

/** A value that is not the default, for the flag and for the JSON. */
function sample(name: FlagName): { readonly text: string; readonly json: unknown } {
  const { kind, default: value } = DAEMON_FLAGS[name]
  if (kind.label === 'duration') return { text: '7s', json: 7e9 }
  if (typeof value === 'boolean') return { text: String(!value), json: !value }
  if (typeof value === 'number') return { text: '7', json: 7 }
  if (Array.isArray(value)) return { text: '/ip4/127.0.0.1/tcp/7', json: ['/ip4/127.0.0.1/tcp/7'] }
  const word = WORDS[name] ?? 'a word'
  return { text: word, json: word }
}

async function load(argv: readonly string[], json: unknown = {}): Promise<unknown> {
  const config: Config = await loadConfig([...argv, '-i'], Readable.from([JSON.stringify(json)]), {})
  return JSON.parse(JSON.stringify(config))
}

const both = SETTINGS.flatMap(({ settings }) => settings).flatMap(({ flag, field }: Setting) =>
  flag === undefined || field === undefined ? [] : [{ flag, field }],
)

test.each(both)('$field in JSON says what -$flag says', async ({ flag, field }) => {
  const { text, json } = sample(flag)
  const context = CONTEXT.filter(word => word !== `-${flag}`)
  const nested = field.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), json)
  const address = flag === 'noListenAddrs' ? ['-hostAddrs', '/ip4/127.0.0.1/tcp/1'] : []
  const given = await load([...context, ...address, `-${flag}=${text}`])
  expect(await load([...context, ...address], nested)).toEqual(given)
  const unsaid = await load([...context, ...address])
  if (WITHOUT_EFFECT.includes(flag)) expect(given).toEqual(unsaid)
  else expect(given).not.toEqual(unsaid)
})
