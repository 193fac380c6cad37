import { join } from 'node:path'
import { describeClient } from '../program.ts'
import { RECIPE } from './recipe.ts'

/** The JavaScript client from npm. */

await describeClient({
  title: 'JavaScript’s @libp2p/daemon-client 10.0.16',
  recipe: RECIPE,
  // the client leaves sockets open
  command: out => [
    process.execPath,
    '--test-force-exit',
    `--test-reporter=${join(out, 'reporter.js')}`,
    join(out, 'every-function.js'),
  ],
  tests: [
    'connectDaemon',
    'identify',
    'connect',
    'listPeers',
    'send',
    'openStream',
    'registerStreamHandler',
    'dht.findPeer',
    'dht.getPublicKey',
    'dht.put',
    'dht.get',
    'dht.provide',
    'dht.findProviders',
    'dht.getClosestPeers',
    'pubsub.getTopics',
    'pubsub.getSubscribers',
    'pubsub.publish',
    'pubsub.subscribe',
    'everyFunctionHasATest',
  ],
})
