import connectionEncryption from '@libp2p/interface-compliance-tests/connection-encryption'
import { tls } from '../../daemon/data-plane/tls/tls.ts'
import { provideMocha } from './mocha.ts'

provideMocha(60_000)
connectionEncryption({
  setup: async options => tls()({ upgrader: { getStreamMuxers: () => new Map() }, ...options } as never),
  teardown: async () => {},
})
