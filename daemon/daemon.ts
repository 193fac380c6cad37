import type { Config } from './config.ts'
import { serveConnection } from './control/connection.ts'
import { logRequests, type RequestObserver } from './control/observer.ts'
import { type ControlServer, listenControl } from './control/server.ts'
import { createHost, type Host } from './host.ts'
import { loadIdentity } from './identity.ts'
import type { Log } from './log.ts'
import type { DaemonMetrics } from './metrics/metrics.ts'

/** The parts of a daemon, for those that look at it. */
export interface DaemonParts {
  readonly host: Host
  readonly control: ControlServer
}

/** A running p2pd. */
export interface Daemon extends DaemonParts {
  /** Ends everything: no new clients, streams closed, connections closed, socket file removed. */
  stop(): Promise<void>
}

/**
 * Starts the host, then the control server.
 *
 * @throws Error with go's text when the identity cannot be read or an address cannot be listened on
 */
export async function startDaemon(config: Config, log: Log): Promise<Daemon> {
  const metrics = await createMetrics(config)
  const host = await createHost(config, await loadIdentity(config.identityPath), log, metrics?.libp2p)
  const stopping = new AbortController()
  const controlLog = log.component('control')
  const observers: RequestObserver[] = []
  if (metrics !== undefined) observers.push(metrics.requests)
  if (controlLog.enabled('debug')) observers.push(logRequests(controlLog))
  let connections = 0

  try {
    const control = await listenControl(config.listen, socket => {
      connections += 1
      const options = {
        id: connections,
        transport: config.listen.kind,
        host,
        log: controlLog,
        observers,
        signal: stopping.signal,
      }
      serveConnection(socket, options).catch(error =>
        controlLog.error('control connection failed', { stack: error.stack }),
      )
    })
    metrics?.observe({ host, control })
    const metricsServer = await metrics?.serve(config.metricsAddress as string, log.component('metrics'))
    return {
      host,
      control,
      async stop() {
        stopping.abort(new Error('the daemon is stopping'))
        metricsServer?.close()
        await Promise.all([control.close(), host.stop()])
      },
    }
  } catch (error) {
    await host.stop()
    throw error
  }
}

/** Loaded only where it is asked for: what is not measured costs nothing. */
async function createMetrics({ metricsAddress }: Config): Promise<DaemonMetrics | undefined> {
  if (metricsAddress === undefined) return undefined
  const metrics = await import('./metrics/metrics.ts')
  return metrics.createMetrics()
}
