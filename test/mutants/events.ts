import type { Mutant } from './mutant.ts'

const file = 'daemon/events/events.ts'
const subscription = 'daemon/events/subscription.ts'

export const events: readonly Mutant[] = [
  {
    name: 'all-outbound',
    fault: 'every connection is said to be outbound',
    file: 'daemon/events/event.ts',
    find: "direction: direction === 'inbound' ? ConnectionInfo.Direction.INBOUND : ConnectionInfo.Direction.OUTBOUND",
    replace: 'direction: ConnectionInfo.Direction.OUTBOUND',
    killedBy: ['events/inbound'],
  },
  {
    name: 'no-identification',
    fault: 'what peers say of themselves is not told',
    file,
    find: 'this.#connections.set(result.connection, result)',
    replace: 'return',
    killedBy: ['events/outbound', 'events/inbound', 'events/state-first'],
  },
  {
    name: 'ends-untold',
    fault: 'the end of a connection is not told',
    file,
    find: 'if (!this.#connections.delete(connection)) return',
    replace: 'return',
    killedBy: ['events/closed-by-other', 'events/many'],
  },
  {
    name: 'no-state',
    fault: 'a subscription begins with what happens next',
    file,
    find: 'const connections = [...this.#connections].flatMap',
    replace: 'const connections = [].flatMap',
    killedBy: ['events/state-first'],
  },
  {
    name: 'ignore-types',
    fault: 'all events come, whichever were asked for',
    file: subscription,
    find: 'types.length === 0 ||',
    replace: 'true ||',
    killedBy: ['events/filter'],
  },
  {
    name: 'one-subscriber',
    fault: 'a new subscriber takes the place of the one before',
    file,
    find: 'this.#listeners.add(listener)',
    replace: 'this.#listeners.clear(); this.#listeners.add(listener)',
    killedBy: ['events/many'],
  },
]
