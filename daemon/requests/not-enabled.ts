import { RequestError } from '../control/request-error.ts'
import type { Reply } from '../control/session.ts'

/** DHT of a daemon that runs none. */
export async function dhtNotEnabled(): Promise<Reply> {
  throw new RequestError('ERR_NOT_ENABLED', 'DHT not enabled')
}

/** PUBSUB of a daemon that runs none. */
export async function pubsubNotEnabled(): Promise<Reply> {
  throw new RequestError('ERR_NOT_ENABLED', 'PubSub not enabled')
}
