import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type DaemonClient } from '../bindings/typescript/index.ts'
import { PeerstoreRequest, Request, type Response } from '../proto/codec.ts'
import { openSite } from './container/containers.ts'
import type { Feature, Unsupported } from './features.ts'
import { formatFlags } from './flags.ts'
import type { Implementation } from './implementation.ts'
import { findPlace } from './place.ts'
import { launchWith } from './refusal.ts'
import { DEFAULT_STACK, stackFlags } from './stack.ts'

/** A request that go-libp2p-daemon does not have, and how its answer is recognised. */
interface Extension {
  readonly feature: Feature
  readonly request: Request
  readonly isAnswer: (response: Response) => boolean
}

/** Milliseconds in which a request is answered, if it ever is. */
const PATIENCE = 5_000

const ANSWERED = (): boolean => true

function extensions(self: Uint8Array): readonly Extension[] {
  const { GET_PROTOCOLS } = PeerstoreRequest.Type
  const addr = Buffer.from('/unix/nobody')
  return [
    { feature: 'version', request: { type: Request.Type.VERSION }, isAnswer: ({ version }) => version != null },
    { feature: 'events', request: { type: Request.Type.EVENTS, events: {} }, isAnswer: ANSWERED },
    {
      feature: 'peerstore',
      request: { type: Request.Type.PEERSTORE, peerStore: { type: GET_PROTOCOLS, id: self } },
      isAnswer: ({ peerStore, error }) => peerStore != null || error != null,
    },
    {
      feature: 'handler-removal',
      request: { type: Request.Type.REMOVE_STREAM_HANDLER, removeStreamHandler: { addr, proto: ['/nobody'] } },
      isAnswer: ANSWERED,
    },
  ]
}

/**
 * Finds out which of the requests that go-libp2p-daemon does not have a stranger knows: nobody has written down what it
 * offers, and that it lacks those is no fault. One that cannot be started is left for the cells to tell of.
 *
 * @throws the signal's reason
 */
export async function probe(stranger: Implementation, signal: AbortSignal): Promise<Implementation> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-probe-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  try {
    const flags = { listen: `/unix${folder}/control.sock`, ...stackFlags(DEFAULT_STACK) }
    // an image is asked in a container beside this process, wherever its cells are played afterwards
    const opened = stranger.image === undefined ? undefined : stack.use(await openSite({ isolated: false, folder }))
    const place = stack.use(findPlace(stranger, undefined, opened?.site))
    const { command } = place
    const start = launchWith(stranger, flags, told => place.launch({ command, args: formatFlags(told), signal }))
    const daemon = stack.use(await start)
    const client = stack.use(createClient(daemon.controlAddress))
    const { peer } = await client.identify({ signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) })
    const missing: Unsupported[] = []
    for (const extension of extensions(peer.toMultihash().bytes)) {
      const reason = await whyMissing(client, extension)
      if (reason !== undefined) missing.push({ feature: extension.feature, reason })
    }
    return { ...stranger, unsupported: [...stranger.unsupported, ...missing] }
  } catch {
    signal.throwIfAborted()
    return stranger
  }
}

async function whyMissing(client: DaemonClient, { request, isAnswer }: Extension): Promise<string | undefined> {
  const name = Request.Type[request.type]
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    await using connection = await client.rawConnection({ signal })
    connection.send('Request', request)
    const response = await connection.receive('Response', { signal })
    const refused = /unexpected|unknown|unsupported|not (supported|implemented)/i.test(response.error?.msg ?? '')
    if (refused) return `it answers ${name} by "${response.error?.msg}"`
    return isAnswer(response) ? undefined : `it takes ${name} for something else`
  } catch {
    return signal.aborted ? `it does not answer ${name}` : `it hangs up at ${name}`
  }
}
