import { setImmediate } from 'node:timers/promises'
import type { ConnectionEncrypter, SecuredConnection } from '@libp2p/interface'
import connectionEncryption from '@libp2p/interface-compliance-tests/connection-encryption'
import { flush } from '../../daemon/data-plane/flush.ts'
import { noise } from '../../daemon/data-plane/noise/noise.ts'
import { provideMocha } from './mocha.ts'

provideMocha(60_000)
connectionEncryption({
  setup: async options => unbuffered(noise()({ upgrader: { getStreamMuxers: () => new Map() }, ...options } as never)),
  teardown: async () => {},
})

/** So many turns of the event loop are enough for what is on its way between two connections in this process. */
const TURNS = 100

/** The suite wants to be answered on a connection that it closes right behind the question: what is said must be on its way. */
function unbuffered(encrypter: ConnectionEncrypter): ConnectionEncrypter {
  const flushing = async (securing: Promise<SecuredConnection>): Promise<SecuredConnection> => {
    const secured = await securing
    const send = secured.connection.send.bind(secured.connection)
    secured.connection.send = data => {
      const more = send(data)
      flush(secured.connection)
      return more
    }
    const close = secured.connection.close.bind(secured.connection)
    secured.connection.close = async options => {
      for (let turn = 0; turn < TURNS; turn++) await setImmediate()
      await close(options)
    }
    return secured
  }
  return {
    protocol: encrypter.protocol,
    secureInbound: (connection, options) => flushing(encrypter.secureInbound(connection, options)),
    secureOutbound: (connection, options) => flushing(encrypter.secureOutbound(connection, options)),
  }
}
