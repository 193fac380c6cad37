/** A daemon that is broken altogether. */
export interface Broken {
  /** How `daemon.ts` knows it. */
  readonly name: string
  readonly fault: string
  /**
   * - `start`: no check can begin with it
   * - `control`: a real daemon, that fails when it is asked something; a check that asks it nothing may pass
   * - `nothing`: there is no daemon behind its answers
   */
  readonly kind: 'start' | 'control' | 'nothing'
}

export const broken: readonly Broken[] = [
  { name: 'exits', fault: 'ends at once, with a complaint', kind: 'start' },
  { name: 'says-nothing', fault: 'does not say where it is', kind: 'start' },
  { name: 'other-id', fault: 'prints another peer id than it has', kind: 'start' },
  { name: 'mute', fault: 'takes every connection and never answers', kind: 'start' },
  { name: 'garbage', fault: 'answers with frames of random bytes', kind: 'start' },
  { name: 'midway', fault: 'ends at the first request that a check makes', kind: 'control' },
  { name: 'too-slow', fault: 'answers what a check asks when the time is over', kind: 'control' },
  { name: 'liar', fault: 'answers OK to everything, and does nothing', kind: 'nothing' },
]

const NO_PART = 'the check is about what the other daemon does without it'

/** What the liar passes, by patterns of paths without their stack, and why that proves nothing against the check. */
export const passesOfLiar: Readonly<Record<string, string>> = {
  'identify/*/daemon:liar': 'it tells the truth about itself, and that it has no peers',
  'connect/no-address/dialer:js/listener:liar': NO_PART,
  'connect/dead-address/dialer:js/listener:liar': NO_PART,
  'connect/timeout/dialer:js/listener:liar': NO_PART,
  'connmanager/no-name/network:js+liar': NO_PART,
  'peerstore/removed-addresses/keeper:js/other:liar': NO_PART,
  'peerstore/expiry/keeper:js/other:liar': NO_PART,
  'peerstore/delete/keeper:js/other:liar': NO_PART,
  'dht/public-key-in-id/asker:js/server:liar': NO_PART,
  'relay/reserves-address/relay:js/listener:js/dialer:liar': NO_PART,
  'relay/reservation-answer/relay:js/listener:js/dialer:liar': NO_PART,
  'limits/many-control-connections/dialer:liar/*': 'clients are served, and told the truth about itself',
  'limits/many-control-connections/dialer:js/listener:liar': NO_PART,
  'limits/too-many-control-connections/dialer:js/listener:liar': NO_PART,
  'limits/largest-frame/dialer:js/listener:liar': NO_PART,
  'pubsub/own-messages/publisher:js/subscriber:liar': NO_PART,
  'pubsub/too-large-locally/publisher:js/subscriber:liar': NO_PART,
}
