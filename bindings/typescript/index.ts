export { type ClientOptions, createClient, type DaemonClient } from './client.ts'
export type { Connection, RequestOptions } from './connection.ts'
export { describeMessage } from './describe.ts'
export { ClientError, type ClientErrorCode, clientErrorCodes, DaemonError } from './errors.ts'
export type { StreamHandler } from './inbound.ts'
export type { MessageName, Messages } from './messages.ts'
export type { ClientObserver, FrameEvent, StreamEvent } from './observer.ts'
export type { PeerAddresses } from './peer-info.ts'
export type { DialOptions } from './requests/connect.ts'
export type { ConnManager } from './requests/connmanager.ts'
export type { Cid, DhtClient, FindProvidersOptions } from './requests/dht.ts'
export type {
  DaemonEvent,
  DaemonEventDetails,
  DaemonEventType,
  EventsOptions,
  PeerConnection,
  PeerDescription,
  RelayReservation,
} from './requests/events.ts'
export type {
  KnownAddress,
  KnownPeer,
  KnownTag,
  PeerAddition,
  PeerRemoval,
  PeerstoreClient,
} from './requests/peerstore.ts'
export type { PubsubMessage, PubsubSubscription } from './requests/pubsub.ts'
export type { HandlerRegistration, OpenStreamOptions } from './requests/streams.ts'
export type { DaemonVersion } from './requests/version.ts'
export type { DaemonStream } from './stream.ts'
