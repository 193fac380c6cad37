import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describeListenError, type HttpAddress, toListenOptions } from './http-address.ts'

/** Enough for everybody who has business with an operator's port, and no way to use up the daemon's file descriptors. */
const MAX_CONNECTIONS = 64

/** How long, in ms, a client may take to ask. */
const REQUEST_TIMEOUT = 10_000

/** A port for operators: not for peers, not for applications. */
export interface HttpServer {
  readonly port: number
  close(): void
}

/**
 * Serves HTTP at an address. It never keeps the daemon alive.
 *
 * @throws Error in go's words when it cannot listen, with the system's error as its cause
 */
export async function serveHttp(address: HttpAddress, listener: RequestListener): Promise<HttpServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT }, listener)
  server.maxConnections = MAX_CONNECTIONS
  try {
    await listen(server, address)
  } catch (cause) {
    throw new Error(describeListenError(cause as NodeJS.ErrnoException, address), { cause })
  }
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function listen(server: Server, address: HttpAddress): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(toListenOptions(address), resolve)
  await promise
  server.off('error', reject)
  server.unref()
  // a socket that cannot be accepted (no file descriptor is left) is no reason to end
  server.on('error', () => {})
}

/** What both go and we answer where there is nothing. */
export const NOT_FOUND = '404 page not found\n'
