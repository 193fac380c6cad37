import { Request } from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'
import { promised } from '../peer-info.ts'

/** Which daemon this is, and what it can do. */
export interface DaemonVersion {
  readonly name: string
  readonly version: string
  /** Counts the changes of the control protocol. */
  readonly protocolRevision: number
  /** What the daemon is made of: versions by name. */
  readonly implementation: Readonly<Record<string, string>>
  /** What is switched on, such as `request/dht` or `transport/tcp`. */
  readonly features: ReadonlySet<string>
}

export interface VersionRequests {
  /**
   * Asks which daemon this is. Only this project's daemons know the request: another hangs up, which rejects with
   * ERR_CONNECTION_CLOSED.
   */
  version(options?: RequestOptions): Promise<DaemonVersion>
}

/** VERSION. */
export function versionRequests(control: Control): VersionRequests {
  return {
    async version(options) {
      const response = await control.request({ type: Request.Type.VERSION }, options)
      const { name, version, protocolRevision, implementation, features } = promised(response.version, 'a version')
      return {
        name,
        version,
        protocolRevision,
        implementation: Object.fromEntries((implementation ?? []).map(library => [library.name, library.version])),
        features: new Set(features),
      }
    },
  }
}
