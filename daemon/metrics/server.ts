import type { Registry } from 'prom-client'
import { type HttpServer, NOT_FOUND, serveHttp } from '../http.ts'
import { parseHttpAddress } from '../http-address.ts'
import type { Log } from '../log.ts'

/** Serves `/metrics`, and nothing else, at `host:port`. Where that fails the log says so, and there are no metrics. */
export async function serveMetrics(registry: Registry, address: string, log: Log): Promise<HttpServer | undefined> {
  try {
    const server = await serveHttp(parseHttpAddress(address), async (request, response) => {
      const [path] = (request.url ?? '').split('?', 1)
      if (path !== '/metrics') return void response.writeHead(404, { 'content-type': 'text/plain' }).end(NOT_FOUND)
      try {
        response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
      } catch (error) {
        log.error('a scrape failed', { error, stack: (error as Error).stack })
        response.writeHead(500).end()
      }
    })
    log.info('serving metrics', { port: server.port })
    return server
  } catch (error) {
    log.error((error as Error).message)
    return undefined
  }
}
