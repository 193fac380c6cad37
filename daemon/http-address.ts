import type { ListenOptions } from 'node:net'
import { errnoText } from './errno.ts'

/** Where an HTTP server of the daemon listens. */
export interface HttpAddress {
  /** Undefined: every interface. */
  readonly host: string | undefined
  readonly port: number
}

const ADDRESS = /^(?:\[(?<ip6>[^\][]*)\]|(?<host>[^:\][]*)):(?<port>[^:]*)$/

/**
 * Reads `host:port` as go's `net.Listen` does; the host may be missing, or an IPv6 address in brackets.
 *
 * @throws Error in go's words
 */
export function parseHttpAddress(text: string): HttpAddress {
  const parts = ADDRESS.exec(text)?.groups
  if (parts === undefined) {
    const fault = /^[^:]*$/.test(text) ? 'missing port in address' : 'too many colons in address'
    throw new Error(`listen tcp: address ${text}: ${fault}`)
  }
  const { ip6, host = ip6, port = '' } = parts
  if (!/^\d*$/.test(port)) throw new Error(`listen tcp: lookup tcp/${port}: unknown port`)
  if (Number(port) > 65_535) throw new Error(`listen tcp: address ${port}: invalid port`)
  return { host: host || undefined, port: Number(port) }
}

export function toListenOptions({ host, port }: HttpAddress): ListenOptions {
  return { port, ...(host !== undefined && { host }) }
}

/** Why nothing can listen there, in go's words. */
export function describeListenError(error: NodeJS.ErrnoException, { host = '', port }: HttpAddress): string {
  if (error.code === 'ERR_SOCKET_BAD_PORT') return `listen tcp: address ${port}: invalid port`
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return `listen tcp: lookup ${host}: no such host`
  const { address = host } = error as NodeJS.ErrnoException & { address?: string }
  return `listen tcp ${address.includes(':') ? `[${address}]` : address}:${port}: bind: ${errnoText(error)}`
}
