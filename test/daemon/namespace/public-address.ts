import { startDaemon } from '../start.ts'
import { ip } from './play.ts'

/** A daemon that listens on a public address, with nobody to confirm it. */
ip('link set lo up')
ip('address add 9.9.9.1/32 dev lo')
await using daemon = await startDaemon(['-hostAddrs', '/ip4/9.9.9.1/tcp/0'])
process.stdout.write(JSON.stringify({ identified: daemon.addrs, printed: daemon.process.printedAddrs }))
