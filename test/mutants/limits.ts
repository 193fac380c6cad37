import type { Mutant } from './mutant.ts'

const clients = 'daemon/control/connections.ts'
const REACHED = 'if (this.#limit > 0 && this.#open.size >= this.#limit) {'

export const limits: readonly Mutant[] = [
  {
    name: 'a-hundred-clients',
    fault: 'a hundred clients are enough',
    file: clients,
    find: REACHED,
    replace: 'if (this.#open.size >= 100) {',
    killedBy: ['limits/many-control-connections'],
  },
  {
    name: 'any-number-of-clients',
    fault: 'the limit of control connections is not kept',
    file: clients,
    find: REACHED,
    replace: 'if (this.#limit < 0) {',
    killedBy: ['limits/too-many-control-connections'],
  },
  {
    name: 'any-number-of-connections',
    fault: 'the limit of connections with peers is not kept',
    file: 'daemon/limits/connection-limit.ts',
    find: REACHED,
    replace: 'if (this.#limit < 0) {',
    killedBy: ['limits/too-many-connections'],
  },
  {
    name: 'any-number-of-streams',
    fault: 'the limit of streams is not kept',
    file: 'daemon/limits/connection-account.ts',
    find: 'if (streams > 0 && this.#streams.length + this.#left >= streams) {',
    replace: 'if (streams < 0) {',
    killedBy: ['limits/too-many-streams'],
  },
  {
    name: 'some-protocols',
    fault: 'of many protocols in one request the last ones are forgotten',
    file: 'daemon/handlers.ts',
    find: 'Promise.all(added.map(',
    replace: 'Promise.all(added.slice(0, 100).map(',
    killedBy: ['limits/many-protocols'],
  },
  {
    name: 'small-frames',
    fault: 'requests may be 1 MiB long, not 4',
    file: 'proto/codec.ts',
    find: 'export const MAX_FRAME_LENGTH = 4 * 1024 * 1024',
    replace: 'export const MAX_FRAME_LENGTH = 1024 * 1024',
    killedBy: ['limits/largest-frame'],
  },
  {
    name: 'mplex-reads-on',
    fault: 'a connection over mplex is read on while a stream of it is not',
    file: 'daemon/data-plane/read-ahead.ts',
    find: "if (this.#connection.readStatus === 'readable') this.#connection.pause()",
    replace: 'this.#received = 0',
    killedBy: ['mplex/backpressure'],
  },
]
