import type { Mutant } from './mutant.ts'

const file = 'daemon/requests/connect.ts'
const dialer = 'daemon/dialer.ts'

export const connect: readonly Mutant[] = [
  {
    name: 'list-wrong-address',
    fault: 'LIST_PEERS says nothing of where a peer is',
    file,
    find: 'addrs: [withoutPeer(remoteAddr).bytes],',
    replace: 'addrs: [withoutPeer(remoteAddr).bytes].slice(1),',
    killedBy: ['connect/connects'],
  },
  {
    name: 'always-dial',
    fault: 'CONNECT dials although there is a connection',
    file: dialer,
    find: 'if (existing !== undefined && !(directly && isRelayed(existing.remoteAddr))) return existing',
    replace: '',
    killedBy: ['connect/both-know', 'connect/already-connected'],
  },
  {
    name: 'trust-any-rsa-peer',
    fault: 'a peer whose id is only the hash of its key is not compared with the one asked for',
    file: 'daemon/expected-peer.ts',
    find: 'if (expected === undefined || expected === actual) return',
    replace: "if (expected === undefined || expected.startsWith('Qm') || expected === actual) return",
    killedBy: ['connect/wrong-rsa-peer-id'],
  },
  {
    name: 'hide-reasons',
    fault: 'a dial that fails does not say why',
    file,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    find: "'ERR_DIAL', `failed to dial: ${error.message}`",
    replace: "'ERR_DIAL', 'failed to dial: no luck'",
    killedBy: ['connect/wrong-peer-id', 'connect/no-address', 'connect/dead-address', 'websocket/wrong-peer-id'],
  },
  {
    name: 'first-address-only',
    fault: 'only the first address of a peer is tried',
    file: dialer,
    find: 'const waiting = [...addresses]',
    replace: 'const waiting = addresses.slice(0, 1)',
    killedBy: ['connect/dead-and-live-address'],
  },
  {
    name: 'no-timeout',
    fault: 'a request’s timeout does nothing',
    file: 'daemon/control/timeout.ts',
    find: 'seconds <= 0 ?',
    replace: 'seconds > 0 ?',
    killedBy: ['connect/timeout'],
  },
  {
    name: 'never-disconnect',
    fault: 'DISCONNECT answers OK and closes nothing',
    file,
    find: 'if (peer.id !== undefined) await hangUp(host.node, peer.id)',
    replace: 'void hangUp',
    killedBy: ['connect/disconnect', 'connect/disconnect-by-listener', 'connect/reconnect'],
  },
]
