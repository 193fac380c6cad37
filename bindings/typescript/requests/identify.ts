import { Request } from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'
import { type PeerAddresses, promised, toPeerAddresses } from '../peer-info.ts'

export interface IdentifyRequests {
  /** Asks who the daemon is, and where it can be reached; the addresses may change over time. */
  identify(options?: RequestOptions): Promise<PeerAddresses>
}

/** IDENTIFY. */
export function identifyRequests(control: Control): IdentifyRequests {
  return {
    async identify(options) {
      const response = await control.request({ type: Request.Type.IDENTIFY }, options)
      return toPeerAddresses(promised(response.identify, 'an identify'))
    },
  }
}
