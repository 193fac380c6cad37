import { bootstrap } from './bootstrap.ts'
import type { Config } from './config.ts'
import { ControlConnections } from './control/connections.ts'
import { logRequests, type RequestObserver } from './control/observer.ts'
import { type ControlServer, listenControl } from './control/server.ts'
import { createHost, type Host } from './host.ts'
import type { HttpServer } from './http.ts'
import { loadIdentity } from './identity.ts'
import { IdleMemory } from './idle-memory.ts'
import { watchDescriptors } from './limits/descriptors.ts'
import { RepeatedWarning } from './limits/repeated-warning.ts'
import type { Log } from './log.ts'
import type { DaemonMetrics } from './metrics/metrics.ts'

/** The parts of a daemon, for those that look at it. */
export interface DaemonParts {
  readonly host: Host
  readonly control: ControlServer
  readonly clients: ControlConnections
}

/** A running p2pd. */
export interface Daemon extends DaemonParts {
  /**
   * Connects to the peers that the configuration names as the way into its network, if it is to.
   *
   * @returns false when the daemon was stopped meanwhile
   * @throws ConfigError in go's words; the daemon is stopped by then
   */
  enterNetwork(): Promise<boolean>
  /** Ends everything: no new clients, streams closed, connections closed, socket file removed. */
  stop(): Promise<void>
}

/**
 * Starts the host, then the control server.
 *
 * @throws Error with go's text when the identity cannot be read or an address cannot be listened on
 */
export async function startDaemon(config: Config, log: Log): Promise<Daemon> {
  const pprof = await startPprof(config, log)
  const metrics = await createMetrics(config)
  const host = await createHost(config, await loadIdentity(config.identityPath), log, metrics?.libp2p)
  const stopping = new AbortController()
  const controlLog = log.component('control')
  const observers: RequestObserver[] = []
  if (metrics !== undefined) observers.push(metrics.requests)
  if (controlLog.enabled('debug')) observers.push(logRequests(controlLog))
  const clients = new ControlConnections(config.limits.controlConnections, {
    transport: config.listen.kind,
    host,
    log: controlLog,
    observers,
    signal: stopping.signal,
  })
  const failures = new RepeatedWarning(controlLog)

  try {
    const control = await listenControl(config.listen, {
      socketMode: config.socketMode,
      serve: socket => clients.accept(socket),
      onError: error => failures.warn(`a client could not be accepted: ${error.message}`),
    })
    const stopWatching = watchDescriptors(log.component('limits'))
    const stopCollecting = new IdleMemory().watch()
    metrics?.observe({ host, control, clients })
    const metricsServer = await metrics?.serve(config.metricsAddress as string, log.component('metrics'))
    const stop = async (): Promise<void> => {
      stopping.abort(new Error('the daemon is stopping'))
      stopWatching()
      stopCollecting()
      metricsServer?.close()
      pprof?.close()
      await Promise.all([control.close(), host.stop()])
    }
    return {
      host,
      control,
      clients,
      stop,
      async enterNetwork() {
        try {
          if (config.bootstrap.enabled) await bootstrap(host, config.bootstrap, stopping.signal)
        } catch (error) {
          if (!stopping.signal.aborted) {
            await stop()
            throw error
          }
        }
        return !stopping.signal.aborted
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

async function startPprof({ pprof: { enabled, port } }: Config, log: Log): Promise<HttpServer | undefined> {
  if (!enabled) return undefined
  const { servePprof } = await import('./pprof/server.ts')
  return servePprof({ port, log: log.component('pprof'), notice: line => process.stderr.write(line) })
}
