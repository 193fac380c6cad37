import { createClient } from '../../../bindings/typescript/index.ts'
import { launch } from '../../../harness/process.ts'
import { until } from '../../../harness/until.ts'
import { startDaemon } from '../start.ts'
import { ip } from './play.ts'

/** go's daemon, whose command line is given, and ours ask each other on a public network; prints what ours has to say. */
const OURS = '9.9.9.1'
const GOS = '9.9.8.2'

ip('link set lo up')
for (const address of [OURS, GOS]) ip(`address add ${address}/32 dev lo`)
// each comes from its own address
ip(`route replace table local local ${OURS}/32 dev lo src ${GOS}`)
ip(`route replace table local local ${GOS}/32 dev lo src ${OURS}`)

const log = ['-log', 'warn,autonat=debug']
await using daemon = await startDaemon(['-autonat', ...log, '-hostAddrs', `/ip4/${OURS}/tcp/0`])
const args = ['-listen', `/unix${daemon.folder}/go.sock`, '-autonat', '-hostAddrs', `/ip4/${GOS}/tcp/0`]
await using go = await launch({ command: process.argv.slice(2), args })
await using client = createClient(go.controlAddress)
const { peer } = await client.identify()
await client.connect(daemon.peer, daemon.addrs)

const said = (): string[] =>
  daemon.process.output.lines.map(({ text }) => text).filter(text => text.includes(`${peer}`))
await until(async () => said().length >= 2, { deadline: 20_000, what: 'each to have asked the other' })
process.stdout.write(JSON.stringify(said().map(text => text.replace(`${peer}`, 'go'))))
