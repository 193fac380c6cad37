import transport from '@libp2p/interface-compliance-tests/transport'
import { TCP } from '@multiformats/multiaddr-matcher'
import { tcp } from '../../daemon/data-plane/tcp/transport.ts'
import { provideMocha } from './mocha.ts'

provideMocha(120_000)
const listen = ['/ip4/127.0.0.1/tcp/0', '/ip4/127.0.0.1/tcp/0']
transport({
  setup: async () => ({
    dialer: { transports: [tcp()] },
    listener: { addresses: { listen }, transports: [tcp()] },
    dialMultiaddrMatcher: TCP,
    listenMultiaddrMatcher: TCP,
  }),
  teardown: async () => {},
})
