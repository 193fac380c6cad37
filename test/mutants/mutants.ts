import { connect } from './connect.ts'
import { connmanager } from './connmanager.ts'
import { dht } from './dht.ts'
import { events } from './events.ts'
import { identify } from './identify.ts'
import { limits } from './limits.ts'
import type { Mutant } from './mutant.ts'
import { network } from './network.ts'
import { peerstore } from './peerstore.ts'
import { pubsub } from './pubsub.ts'
import { relay } from './relay.ts'
import { streams } from './streams.ts'
import { transports } from './transports.ts'
import { version } from './version.ts'

/** All mutants, by the scenario that most of them are for. */
export const mutants: readonly Mutant[] = [
  ...identify,
  ...connect,
  ...connmanager,
  ...streams,
  ...transports,
  ...dht,
  ...relay,
  ...pubsub,
  ...peerstore,
  ...events,
  ...version,
  ...network,
  ...limits,
]
