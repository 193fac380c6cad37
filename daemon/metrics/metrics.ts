import type { Metrics } from '@libp2p/interface'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { RequestObserver } from '../control/observer.ts'
import type { DaemonParts } from '../daemon.ts'
import type { HttpServer } from '../http.ts'
import type { Log } from '../log.ts'
import { GO_PROTOCOL, VERSION } from '../version.ts'
import { measureConnections } from './connections.ts'
import { measureDaemon } from './daemon.ts'
import { createLabelBound } from './label-bound.ts'
import { createLibp2pMetrics } from './libp2p.ts'
import { readGauge } from './reading.ts'
import { measureRequests } from './requests.ts'
import { serveMetrics } from './server.ts'
import { measureSubsystems } from './subsystems.ts'
import { Traffic } from './traffic.ts'

/** How often, in ms, the event loop is asked how late it is. */
const LAG_PRECISION = 20

/** What is measured of one daemon. Nothing of it is loaded by a daemon without `-metricsAddr`. */
export interface DaemonMetrics {
  /** For js-libp2p, whose parts measure themselves and report connections and streams here. */
  readonly libp2p: Metrics
  readonly requests: RequestObserver
  /** Measures what the daemon knows of itself, from now on. */
  observe(daemon: DaemonParts): void
  /** Serves all that is measured at `host:port`; where that cannot be, the log says so. */
  serve(address: string, log: Log): Promise<HttpServer | undefined>
}

/** Begins to measure: the process first, the rest as it comes. */
export function createMetrics(): DaemonMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_PRECISION })
  const build = { version: VERSION, protocol: GO_PROTOCOL, node: process.version }
  readGauge(registry, { name: 'p2pd_build_info', help: 'Which daemon this is', labels: Object.keys(build) }, () => [
    [build, 1],
  ])
  const protocol = createLabelBound()
  const traffic = new Traffic(registry, protocol)
  return {
    libp2p: createLibp2pMetrics(registry, traffic),
    requests: measureRequests(registry),
    observe(daemon) {
      measureConnections(registry, daemon.host.node, protocol)
      measureDaemon(registry, daemon)
      measureSubsystems(registry, daemon.host)
    },
    serve: (address, log) => serveMetrics(registry, address, log),
  }
}
