import { startDaemon } from '../start.ts'
import { ip } from './play.ts'

/** A daemon that looks for a router where there is none. */
ip('link set lo up')
await using daemon = await startDaemon(['-natPortMap'])
process.stdout.write(JSON.stringify((await daemon.client.identify()).addrs))
