import { RequestError, TEXT } from '../control/request-error.ts'
import type { KadNetwork } from './network.ts'
import type { RoutingTable } from './routing-table.ts'
import type { ProviderStore, ValueStore } from './store.ts'

/** What the requests of the DHT work with. */
export interface DhtParts {
  readonly network: KadNetwork
  readonly table: RoutingTable
  readonly values: ValueStore
  readonly providers: ProviderStore
  /** Aborts when the daemon stops. */
  readonly stopped: AbortSignal
}

/** go's words where nobody knows. */
export function notFound(): RequestError {
  return new RequestError('ERR_NOT_FOUND', 'routing: not found')
}

/** go's words for a peer that no key can have the id of: to go it is one like any other, which nobody knows. */
export function nobodyKnows({ table }: Pick<DhtParts, 'table'>): RequestError {
  return table.size === 0 ? new RequestError('ERR_NOT_FOUND', 'failed to find any peer in table') : notFound()
}

/** @throws RequestError go's words for a request whose time is up */
export function insistOnTime(signal: AbortSignal): void {
  if (signal.aborted) throw new RequestError('ERR_TIMEOUT', TEXT.deadlineExceeded)
}
