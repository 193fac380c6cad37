import streamMuxer from '@libp2p/interface-compliance-tests/stream-muxer'
import { yamux } from '../../daemon/data-plane/yamux/yamux.ts'
import { provideMocha } from './mocha.ts'

provideMocha(120_000)
streamMuxer({ setup: async () => yamux()(), teardown: async () => {} })
