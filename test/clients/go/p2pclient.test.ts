import { join } from 'node:path'
import { ROOT } from '../daemons.ts'
import { describeClient } from '../program.ts'

/** The Go client that ships with go-libp2p-daemon. */

await describeClient({
  title: 'Go’s p2pclient 0.9.2',
  recipe: {
    name: 'test-client-go',
    title: 'the Go client',
    dir: import.meta.dirname,
    root: ROOT,
    build: {
      needs: [{ command: 'go', hint: 'apt-get install golang-go' }],
      inputs: ['*.go', 'go.mod', 'go.sum'],
      env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'go1.25.14' },
      run: ['go', 'test', '-c', '-trimpath', '-o', '{out}/p2pclient.test', '.'],
      outputs: ['{out}/p2pclient.test'],
    },
  },
  command: out => [join(out, 'p2pclient.test'), '-test.v'],
  tests: [
    'TestNewClient',
    'TestClose',
    'TestIdentify',
    'TestConnect',
    'TestConnectToAnotherPeersAddressFails',
    'TestNewStream',
    'TestNewStreamHandler',
    'TestFindPeer',
    'TestGetPublicKey',
    'TestGetValue',
    'TestSearchValue',
    'TestPutValue',
    'TestProvide',
    'TestFindProviders',
    'TestGetClosestPeers',
    'TestGetTopics',
    'TestListPeers',
    'TestPublish',
    'TestSubscribe',
    'TestEveryFunctionHasATest',
  ],
})
