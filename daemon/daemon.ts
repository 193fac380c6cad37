import type { Config } from './config.ts'
import { serveConnection } from './control/connection.ts'
import { listenControl } from './control/server.ts'
import { createHost, type Host } from './host.ts'
import { loadIdentity } from './identity.ts'
import type { Log } from './log.ts'

/** A running p2pd. */
export interface Daemon {
  readonly host: Host
  /** The control address in go's form. */
  readonly controlAddress: string
  /** Ends everything: no new clients, streams closed, connections closed, socket file removed. */
  stop(): Promise<void>
}

/**
 * Starts the host, then the control server.
 *
 * @throws Error with go's text when the identity cannot be read or an address cannot be listened on
 */
export async function startDaemon(config: Config, log: Log): Promise<Daemon> {
  const host = await createHost(config, await loadIdentity(config.identityPath), log)
  const stopping = new AbortController()
  const controlLog = log.component('control')
  let connections = 0

  try {
    const control = await listenControl(config.listen, socket => {
      connections += 1
      const options = { id: connections, transport: config.listen.kind, host, log: controlLog, signal: stopping.signal }
      serveConnection(socket, options).catch(error =>
        controlLog.error('control connection failed', { stack: error.stack }),
      )
    })
    return {
      host,
      controlAddress: control.address,
      async stop() {
        stopping.abort(new Error('the daemon is stopping'))
        await Promise.all([control.close(), host.stop()])
      },
    }
  } catch (error) {
    await host.stop()
    throw error
  }
}
