import type { Scenario } from '../harness/scenario.ts'
import { bootstrap } from './bootstrap.ts'
import { connect } from './connect.ts'
import { connmanager } from './connmanager.ts'
import { dht } from './dht.ts'
import { dhtErrors } from './dht-errors.ts'
import { dhtNetwork } from './dht-network.ts'
import { dhtTen } from './dht-ten.ts'
import { events } from './events.ts'
import { identify } from './identify.ts'
import { limits } from './limits.ts'
import { networkChange } from './network-change.ts'
import { networkLinks } from './network-links.ts'
import { networkNat } from './network-nat.ts'
import { peerstore } from './peerstore.ts'
import { privateNetwork } from './private-network.ts'
import { pubsub, pubsubKeys } from './pubsub.ts'
import { pubsubMesh } from './pubsub-mesh.ts'
import { floodsub, pubsubPolicies } from './pubsub-policies.ts'
import { relay } from './relay.ts'
import { stacks } from './stacks.ts'
import { streams } from './streams.ts'
import { mplex, quic, websocket } from './transports.ts'
import { version } from './version.ts'

/** All scenarios, in the order in which reports list them. */
export const scenarios: readonly Scenario[] = [
  identify,
  connect,
  connmanager,
  streams,
  stacks,
  websocket,
  quic,
  mplex,
  limits,
  privateNetwork,
  peerstore,
  events,
  version,
  dht,
  dhtErrors,
  dhtNetwork,
  dhtTen,
  bootstrap,
  relay,
  pubsub,
  pubsubKeys,
  pubsubPolicies,
  floodsub,
  pubsubMesh,
  networkLinks,
  networkNat,
  networkChange,
]
