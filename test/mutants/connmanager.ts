import type { Mutant } from './mutant.ts'

const manager = 'daemon/connections/conn-manager.ts'
const trim = 'daemon/connections/trim.ts'

/** A connection manager that closes what it should keep, or keeps what it should close. */
export const connmanager: readonly Mutant[] = [
  {
    name: 'conn-trim-most-valuable',
    fault: 'a trim closes the connections that are worth most',
    file: trim,
    find: 'if (a.value !== b.value) return a.value - b.value',
    replace: 'if (a.value !== b.value) return b.value - a.value',
    killedBy: [
      'connmanager/lowest-value',
      'connmanager/negative-value',
      'connmanager/values-add-up',
      'connmanager/tag-before-connect',
      'connmanager/automatic',
    ],
  },
  {
    name: 'conn-tags-add-up',
    fault: 'a new value of a tag is added to the one before',
    file: manager,
    find: 'this.#track(key).tags.set(tag, value)',
    replace: 'this.#track(key).tags.set(tag, value + (this.#peers.get(key)?.tags.get(tag) ?? 0))',
    killedBy: ['connmanager/value-replaced'],
  },
  {
    name: 'conn-untag-nothing',
    fault: 'tags cannot be taken back',
    file: manager,
    find: 'if (!peer?.tags.delete(tag)) return',
    replace: 'if (!peer?.tags.has(tag)) return',
    killedBy: ['connmanager/untag'],
  },
  {
    name: 'conn-remember-tags',
    fault: 'the tags of a peer outlive its connections',
    file: manager,
    find: 'if (peer.connections.size === 0) this.#forget(key)',
    replace: '',
    killedBy: ['connmanager/tags-forgotten'],
  },
  {
    name: 'conn-trim-busy',
    fault: 'a trim prefers peers with open streams',
    file: trim,
    find: 'if (a.streams !== b.streams && (a.streams === 0 || b.streams === 0)) return a.streams - b.streams',
    replace: 'if (a.streams !== b.streams) return b.streams - a.streams',
    killedBy: ['connmanager/busy-peer'],
  },
  {
    name: 'conn-trim-oldest',
    fault: 'of peers of equal value, a trim closes the one that was connected first',
    file: trim,
    find: 'if (a.streams !== b.streams && (a.streams === 0 || b.streams === 0)) return a.streams - b.streams',
    replace: 'return 0',
    killedBy: ['connmanager/busy-peer'],
  },
  {
    name: 'conn-no-grace',
    fault: 'a trim closes new connections too',
    file: manager,
    find: 'performance.now() - gracePeriod',
    replace: 'performance.now()',
    killedBy: ['connmanager/grace-period'],
  },
  {
    name: 'conn-trim-all',
    fault: 'a trim closes every connection, however few there are',
    file: manager,
    find: 'const { lowWater, highWater, gracePeriod } = this.#marks',
    replace: 'const [lowWater, highWater, gracePeriod] = [0.5, 1, 0]',
    killedBy: ['connmanager/below-the-mark', 'connmanager/by-default'],
  },
  {
    name: 'conn-nameless-tags',
    fault: 'a tag needs no name',
    file: 'daemon/requests/connmanager.ts',
    find: 'if (!tag)',
    replace: 'if (tag === null || tag === undefined)',
    killedBy: ['connmanager/no-name'],
  },
]
