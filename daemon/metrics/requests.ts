import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { RequestObserver } from '../control/observer.ts'

/** From an answer out of memory to a request's default timeout, in seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Counts requests by type and outcome, those in flight, and how long answers take. */
export function measureRequests(registry: Registry): RequestObserver {
  const registers = [registry]
  const requests = new Counter({
    name: 'p2pd_requests_total',
    help: 'Requests on control connections; the outcome is OK, the code of the ERROR response, or abandoned when the client left',
    labelNames: ['type', 'outcome'],
    registers,
  })
  const inFlight = new Gauge({
    name: 'p2pd_requests_in_flight',
    help: 'Requests that are being served',
    labelNames: ['type'],
    registers,
  })
  const duration = new Histogram({
    name: 'p2pd_request_duration_seconds',
    help: 'Time from a request to its response',
    labelNames: ['type'],
    buckets: BUCKETS,
    registers,
  })
  return {
    begin(type) {
      const start = performance.now()
      inFlight.inc({ type })
      return outcome => {
        inFlight.dec({ type })
        requests.inc({ type, outcome })
        duration.observe({ type }, (performance.now() - start) / 1_000)
      }
    },
  }
}
