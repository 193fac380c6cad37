import { Resolver } from 'node:dns/promises'

/** Loaded before the daemon: TXT records are those of the JSON in P2PD_TEST_TXT, `{"<name>": ["<text>", …]}`. */
const records: Readonly<Record<string, readonly string[]>> = JSON.parse(process.env.P2PD_TEST_TXT ?? '{}')

Resolver.prototype.resolveTxt = async name => {
  const texts = records[name]
  if (texts === undefined) throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
  return texts.map(text => [text])
}
