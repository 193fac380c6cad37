/** What happens to packets between a host and the network that joins all hosts; the same in both directions. */
export interface Link {
  /** Milliseconds that a packet takes. */
  readonly delay?: number
  /** The share of packets that are lost: 0.02 for 2 %. */
  readonly loss?: number
  /** Megabits a second. */
  readonly rate?: number
}

/** How the host of a role is attached. */
export interface Attachment extends Link {
  /**
   * A router that lets out and keeps out: it gives each connection its own address, and lets in what answers. A `nat`
   * keeps the port of a connection, whomever it goes to; a `symmetric-nat` takes another one for each.
   */
  readonly behind?: 'nat' | 'symmetric-nat'
  /** Whether the check will have the link go down. */
  readonly cuttable?: boolean
}

/** Each role on a host of its own, and a network that joins them. */
export type Topology = Readonly<Record<string, Attachment>>

/** The addresses of an attached host. They count as public, or private, and exist only on the emulated network. */
export interface HostAddresses {
  /** Its own, on which daemons listen. */
  readonly ip: string
  /** The one that others see: its own, or the router's. */
  readonly seen: string
  /** The next hop, for the host itself. */
  readonly gateway: string
}

/** The addresses of the host that is the index-th, from 1. */
export function addressesOf({ behind }: Attachment, index: number): HostAddresses {
  const seen = `9.9.${index}.2`
  return behind === undefined
    ? { ip: seen, seen, gateway: `9.9.${index}.1` }
    : { ip: `192.168.${index}.2`, seen, gateway: `192.168.${index}.1` }
}
