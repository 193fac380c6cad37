import { kad } from './gen/kad.js'

/** The messages of `/ipfs/kad/1.0.0`, which DHT peers exchange on streams of their own. */

export const KadMessage = kad.pb.Message
export const { MessageType: KadType, ConnectionType } = KadMessage

export type KadMessage = kad.pb.Message.$Properties
export type KadPeer = kad.pb.Message.Peer.$Properties
