import type { Mutant } from './mutant.ts'

const request = 'daemon/requests/peerstore.ts'
const store = 'daemon/peerstore/peerstore.ts'
const book = 'daemon/peerstore/address-book.ts'

export const peerstore: readonly Mutant[] = [
  {
    name: 'know-no-protocols',
    fault: 'GET_PROTOCOLS names none',
    file: request,
    find: 'protos: [...(await known(store, wanted)).protocols]',
    replace: 'protos: (await known(store, wanted)).protocols.slice(1e9)',
    killedBy: ['peerstore/protocols'],
  },
  {
    name: 'no-news',
    fault: 'what a peer says of itself later is not listened to',
    file: 'daemon/host.ts',
    find: 'identifyPush: identifyPush({ debounce: PUSH_DELAY }),',
    replace: '',
    killedBy: ['peerstore/new-protocol'],
  },
  {
    name: 'hide-addresses',
    fault: 'the addresses that a peer has told are not given away',
    file: store,
    find: 'const learned = (stored?.addresses ?? [])',
    replace: 'const learned = [].concat([])',
    killedBy: ['peerstore/addresses'],
  },
  {
    name: 'dial-nothing-added',
    fault: 'addresses that were added are not dialled',
    file: 'daemon/dialer.ts',
    find: 'const given = this.#book.remember(peer, addresses, GIVEN_ADDRESS_TTL)',
    replace: 'const given = this.#book.remember(peer, addresses, GIVEN_ADDRESS_TTL).slice(0, addresses.length)',
    killedBy: ['peerstore/added-addresses'],
  },
  {
    name: 'remove-nothing',
    fault: 'REMOVE answers OK and removes no address',
    file: book,
    find: 'for (const address of addresses) left.delete(address.toString())',
    replace: '',
    killedBy: ['peerstore/removed-addresses'],
  },
  {
    name: 'never-expire',
    fault: 'an address is kept for ever, whatever its time to live',
    file: book,
    find: 'expires: Math.max(expires, known.get(text)?.expires ?? 0)',
    replace: 'expires: Number.POSITIVE_INFINITY',
    killedBy: ['peerstore/expiry'],
  },
  {
    name: 'tags-stay',
    fault: 'a tag that is removed stays',
    file: store,
    find: 'tags: new Map(tags.map(name => [name, undefined])),',
    replace: '',
    killedBy: ['peerstore/record'],
  },
  {
    name: 'delete-halfway',
    fault: 'DELETE_PEER leaves what clients have given',
    file: store,
    find: 'this.#book.delete(id)',
    replace: '',
    killedBy: ['peerstore/delete'],
  },
]
