/** One fault, put into our own daemon as it is loaded. */
export interface Mutant {
  readonly name: string
  /** What is wrong with it, as a user of the daemon would say. */
  readonly fault: string
  /** The source file, from the repository, and the one place in it that is replaced. */
  readonly file: string
  readonly find: string
  readonly replace: string
  /** The check, `scenario/check`, that must notice. */
  readonly killedBy: string
}

export const mutants: readonly Mutant[] = [
  {
    name: 'swallow-half-close',
    fault: 'the end of the remote’s direction is not passed on to the application',
    file: 'daemon/splice.ts',
    find: 'socket.end()',
    replace: 'reader.resume()',
    killedBy: 'streams/half-close',
  },
  {
    name: 'close-on-half-close',
    fault: 'the end of one direction ends the other too, as in go-libp2p-daemon',
    file: 'daemon/splice.ts',
    find: 'socket.end()',
    replace: 'socket.destroySoon()',
    killedBy: 'streams/half-close',
  },
  {
    name: 'lose-early-data',
    fault: 'what a client sends behind its STREAM_OPEN request is thrown away',
    file: 'daemon/requests/streams.ts',
    find: 'splice(socket, stream, session.transport, rest)',
    replace: 'splice(socket, stream, session.transport, rest.subarray(rest.length))',
    killedBy: 'streams/early-data',
  },
  {
    name: 'trust-any-rsa-peer',
    fault: 'a peer whose id is only the hash of its key is not compared with the one asked for',
    file: 'daemon/host.ts',
    find: 'if (expected === undefined || expected === actual.toString()) return false',
    replace: "if (expected === undefined || expected.startsWith('Qm') || expected === actual.toString()) return false",
    killedBy: 'connect/wrong-rsa-peer-id',
  },
]
