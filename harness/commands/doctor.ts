import { join } from 'node:path'
import { isBuilt } from '../build.ts'
import { probeHosts } from '../container/host.ts'
import { probeEngine } from '../container/probe.ts'
import { HarnessError } from '../errors.ts'
import { findExecutable } from '../executable.ts'
import { loadManifests, type Manifest } from '../manifest.ts'
import { findNeed } from '../needs.ts'
import { probeNetwork } from '../network/ability.ts'
import type { Environment } from './environment.ts'

/** What some part of a run needs beyond the implementations. */
const EXTRAS = [{ command: 'tcpdump', use: '--pcap', hint: 'apt-get install tcpdump' }] as const

/** What scenarios across networks are made of, and what of it this machine may lack. */
const NETWORK_PARTS = {
  namespaces: 'hosts with a network between them',
  nat: 'routers',
  delay: 'links with a delay',
  loss: 'links that lose packets',
  rate: 'narrow links',
  cut: 'links that go down',
} as const

/** `doctor`: says what each implementation needs, what of it is missing, and the command that installs it. */
export async function doctor(words: readonly string[], { root, write }: Environment): Promise<number> {
  if (words.length > 0) throw new HarnessError('ERR_USAGE', `doctor: unexpected ${words.join(' ')}`)
  const manifests = await loadManifests(join(root, 'implementations'))
  const reports = await Promise.all(manifests.map(examine))
  for (const { text } of reports) write(text)
  write('\noptional tools\n')
  for (const { command, use, hint } of EXTRAS) {
    const path = await findExecutable(command)
    write(
      path === undefined ? `  - ${command} is missing, for ${use}: ${hint}\n` : `  ✓ ${command}, for ${use}: ${path}\n`,
    )
  }
  const engine = await probeEngine()
  write(
    'missing' in engine
      ? `  - container engine, for --runtime container and images: ${engine.missing}\n`
      : `  ✓ container engine ${engine.version}, for --runtime container and images\n`,
  )
  const ability = await probeNetwork()
  const parts = Object.entries(NETWORK_PARTS) as [keyof typeof NETWORK_PARTS, string][]
  for (const [part, use] of ability.namespaces === undefined ? parts : parts.slice(0, 1)) {
    write(ability[part] === undefined ? `  ✓ networks: ${use}\n` : `  - networks: no ${use}: ${ability[part]}\n`)
  }
  if (ability.namespaces === undefined && !('missing' in engine)) {
    const hosts = await probeHosts()
    const use = 'hosts that are containers'
    write('missing' in hosts ? `  - networks: no ${use}: ${hosts.missing}\n` : `  ✓ networks: ${use}\n`)
  }
  return reports.every(({ ready, manifest }) => ready || manifest.onRequest) ? 0 : 1
}

interface Examined {
  readonly manifest: Manifest
  readonly ready: boolean
  readonly text: string
}

async function examine(manifest: Manifest): Promise<Examined> {
  const { name, title, version, build, unsupported, onRequest } = manifest
  const needs = await Promise.all(build.needs.map(async need => ({ ...need, path: await findNeed(need) })))
  const built = await isBuilt(manifest)
  const ready = built || needs.every(({ path }) => path !== undefined)
  const lines = [
    `${name}: ${title} ${version}${onRequest ? `, played when asked for: --impl ${name}` : ''}`,
    ...needs.map(({ command, hint, path }) =>
      path === undefined ? `  ✗ ${command} is missing: ${hint}` : `  ✓ ${command}: ${path}`,
    ),
    built ? '  ✓ built' : ready ? '  - not built yet: the next run will' : '  ✗ not built, and cannot be',
    ...unsupported.map(({ feature, reason }) => `  · does not offer ${feature}: ${reason}`),
  ]
  return { manifest, ready, text: `${lines.join('\n')}\n` }
}
