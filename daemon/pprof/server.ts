import type { IncomingMessage, ServerResponse } from 'node:http'
import { timestamp } from '../failure.ts'
import { type HttpServer, NOT_FOUND, serveHttp } from '../http.ts'
import type { Log } from '../log.ts'
import { INDEX, PATH } from './index-page.ts'
import { HEAP_INTERVAL, Profiler } from './profiler.ts'

/** go tries the same ports. */
const FIRST_PORT = 6060
const LAST_PORT = 7080

/** Seconds that a CPU profile covers unless it is told, as in go, and at most. */
const DEFAULT_SECONDS = 30
const MOST_SECONDS = 300

export interface PprofOptions {
  /** 0: the first free one that go would try. */
  readonly port: number
  readonly log: Log
  /** Writes go's own lines, which are no part of its logs and depend on no level. */
  readonly notice: (line: string) => void
}

/**
 * Serves profiles of this process on a port of the loopback interface. A port that cannot be had is announced, and there
 * are no profiles.
 */
export async function servePprof({ port, log, notice }: PprofOptions): Promise<HttpServer | undefined> {
  const profiler = await Profiler.start()
  const say = (text: string): void => notice(`${timestamp(new Date())} ${text}\n`)
  const last = port === 0 ? LAST_PORT : port
  for (let candidate = port === 0 ? FIRST_PORT : port; candidate <= last; candidate++) {
    try {
      const server = await serveHttp({ host: '127.0.0.1', port: candidate }, (request, response) => {
        answer(profiler, request, response).catch(error => {
          log.error('a profile failed', { error, stack: error.stack })
          response.destroy()
        })
      })
      say(`registering pprof debug http handler at: http://localhost:${candidate}${PATH}`)
      return {
        port: candidate,
        close() {
          server.close()
          profiler.stop()
        },
      }
    } catch (error) {
      if (candidate < last) continue
      say(`error registering pprof debug http handler at: localhost:${candidate}: ${(error as Error).message}`)
    }
  }
  profiler.stop()
  return undefined
}

async function answer(profiler: Profiler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
  }
  if (!isLocal(request)) return refuse(403, 'profiles are for programs of this machine that ask for localhost')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'only GET is served')
  const url = URL.parse(request.url ?? '', 'http://localhost')
  const format = url?.searchParams.get('format') ?? 'pprof'
  if (format !== 'pprof' && format !== 'v8') return refuse(400, `unknown format ${format}; must be pprof or v8`)
  switch (url?.pathname) {
    case PATH:
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(INDEX)
      return
    case `${PATH}profile`: {
      const seconds = Number(url.searchParams.get('seconds') ?? DEFAULT_SECONDS)
      if (!(seconds > 0 && seconds <= MOST_SECONDS))
        return refuse(400, `seconds must be more than 0, and ${MOST_SECONDS} at most`)
      // go's words
      if (profiler.running) return refuse(500, 'Could not enable CPU profiling: cpu profiling already in use')
      const left = new AbortController()
      response.once('close', () => left.abort())
      const profile = await profiler.cpu(seconds, left.signal)
      if (left.signal.aborted) return
      if (format === 'v8') send(response, JSON.stringify(profile), 'profile.cpuprofile')
      else send(response, await (await import('./encode.ts')).encodeCpuProfile(profile), 'profile')
      return
    }
    case `${PATH}heap`: {
      const profile = await profiler.heap()
      if (format === 'v8') send(response, JSON.stringify(profile), 'heap.heapprofile')
      else send(response, await (await import('./encode.ts')).encodeHeapProfile(profile, HEAP_INTERVAL), 'heap')
      return
    }
    default:
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end(NOT_FOUND)
  }
}

function send(response: ServerResponse, body: string | Uint8Array, name: string): void {
  const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
  response.writeHead(200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` }).end(body)
}

/**
 * Whether it is not a web page that asks: one whose name an attacker has made to mean this machine gives that name as the
 * host, and a browser says when a page of another site asks.
 */
function isLocal({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'] ?? 'none'
  return (
    /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(headers.host ?? '') &&
    (site === 'none' || site === 'same-origin')
  )
}
