import './codec.ts'
import { libp2p } from './gen/libp2p.js'

/**
 * The messages of the libp2p protocols that the daemon speaks itself; `encode` and `decode` of `codec.ts` serve them.
 */
export const {
  NoiseHandshakePayload,
  HopMessage,
  StopMessage,
  ReservationVoucher,
  CircuitStatus,
  AutoNatMessage,
  HolePunch,
} = libp2p

export type NoiseHandshakePayload = libp2p.NoiseHandshakePayload.$Properties
export type HopMessage = libp2p.HopMessage.$Properties
export type StopMessage = libp2p.StopMessage.$Properties
export type Reservation = libp2p.Reservation.$Properties
export type CircuitLimit = libp2p.CircuitLimit.$Properties
export type AutoNatMessage = libp2p.AutoNatMessage.$Properties
export type HolePunch = libp2p.HolePunch.$Properties
