import { type Request, Response } from '../../proto/codec.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { features } from '../features.ts'
import { DEPENDENCIES, PROTOCOL_REVISION, VERSION } from '../version.ts'

/** What this daemon calls itself, in VERSION as in identify. */
const NAME = 'p2pd'

/** VERSION: which daemon this is, what it is made of, and what it can do as it was started. */
export async function version(_request: Request, { host }: RequestContext): Promise<Reply> {
  return {
    response: {
      type: Response.Type.OK,
      version: {
        name: NAME,
        version: VERSION,
        protocolRevision: PROTOCOL_REVISION,
        implementation: Object.entries({ node: process.versions.node, ...DEPENDENCIES }).map(([name, version]) => ({
          name,
          version,
        })),
        features: features(host.config),
      },
    },
  }
}
