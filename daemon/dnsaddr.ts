import { Resolver } from 'node:dns/promises'
import { CODE_DNSADDR, type Multiaddr, multiaddr } from '@multiformats/multiaddr'

/** How deep names may point at names, and addresses that all of them together may give; as go. */
const MAX_DEPTH = 32
const MAX_ADDRESSES = 1_000

/** How long, in ms, a name server may take, and how often it is asked. */
const QUERY = { timeout: 3_000, tries: 2 }

/** Looks up the TXT records of a name. @throws when there are none, or the name cannot be resolved */
export type ResolveTxt = (name: string, signal: AbortSignal) => Promise<readonly string[]>

/**
 * Puts the addresses that `/dnsaddr/<name>/p2p/<id>` stands for in its place: those in the TXT records of
 * `_dnsaddr.<name>` that end in the same peer. What cannot be resolved is left out, and other addresses stay as they are.
 */
export async function resolveDnsaddrs(
  addresses: readonly Multiaddr[],
  signal: AbortSignal,
  resolveTxt: ResolveTxt = queryTxt,
): Promise<Multiaddr[]> {
  const resolved: Multiaddr[] = []
  const seen = new Set<string>()
  let pending = addresses
  for (let depth = 0; depth <= MAX_DEPTH && pending.length > 0 && resolved.length < MAX_ADDRESSES; depth++) {
    const names = pending.filter(address => nameOf(address) !== undefined && !seen.has(address.toString()))
    for (const address of names) seen.add(address.toString())
    resolved.push(...pending.filter(address => nameOf(address) === undefined))
    const found = await Promise.all(names.map(address => expand(address, signal, resolveTxt).catch(() => [])))
    pending = found.flat()
  }
  return resolved.slice(0, MAX_ADDRESSES)
}

function nameOf(address: Multiaddr): string | undefined {
  const [first] = address.getComponents()
  return first?.code === CODE_DNSADDR ? first.value : undefined
}

async function expand(address: Multiaddr, signal: AbortSignal, resolveTxt: ResolveTxt): Promise<Multiaddr[]> {
  const name = nameOf(address) as string
  const rest = address.toString().slice(`/dnsaddr/${name}`.length)
  const texts = await resolveTxt(`_dnsaddr.${name}`, signal)
  return texts.flatMap(text => {
    const value = /^dnsaddr=(.*)$/.exec(text)?.[1]
    return value?.endsWith(rest) ? parse(value) : []
  })
}

/** Records are written by people: one that cannot be read does not spoil the others. */
function parse(text: string): Multiaddr[] {
  try {
    return [multiaddr(text)]
  } catch {
    return []
  }
}

async function queryTxt(name: string, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver(QUERY)
  const cancel = (): void => resolver.cancel()
  signal.throwIfAborted()
  signal.addEventListener('abort', cancel)
  try {
    return (await resolver.resolveTxt(name)).map(parts => parts.join(''))
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
