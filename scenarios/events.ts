import type { DaemonEvent, DaemonEventType } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { CheckFailure, equal, holds, succeeds } from '../harness/verify.ts'

export const events = defineScenario({
  name: 'events',
  title: 'A daemon tells what happens to its connections',
  roles: ['observer', 'other'],
  needs: { observer: ['events'] },
  checks: {
    outbound: {
      title: 'A connection to a peer is told, with its direction, address, security and muxer, then what the peer is',
      async run({ players: { observer, other }, signal }) {
        await using watching = await watch(observer, signal)
        await other.client.handle('/told/1.0.0', stream => stream.reset(), { signal })
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        const { connection } = await watching.next('connection-opened')
        equal('the peer', `${connection.peer}`, `${other.peer}`)
        equal('the direction', connection.direction, 'outbound')
        equal('the address', `${connection.addr}`, `${other.addrs[0]}`)
        equal('security and muxer', [connection.security, connection.muxer], ['/noise', '/yamux/1.0.0'])
        equal('relayed', connection.relayed, false)
        equal('who is connected', `${(await watching.next('peer-connected')).peer}`, `${other.peer}`)
        const { identify } = await watching.next('peer-identified')
        equal('the connection', identify.connection, connection.id)
        holds('the agent', (identify.agentVersion ?? '') !== '', 'some text', identify.agentVersion)
        holds('the protocols', identify.protocols.includes('/told/1.0.0'), '/told/1.0.0', identify.protocols)
        equal('where it listens', identify.addrs.map(String), other.addrs.map(String))
      },
    },
    inbound: {
      title: 'A connection from a peer is told, and when the peer has identified itself',
      async run({ players: { observer, other }, signal }) {
        await using watching = await watch(observer, signal)
        await succeeds('CONNECT', other.client.connect(observer.peer, observer.addrs, { signal }))
        const { connection } = await watching.next('connection-opened')
        equal('the peer', `${connection.peer}`, `${other.peer}`)
        equal('the direction', connection.direction, 'inbound')
        equal('who is connected', `${(await watching.next('peer-connected')).peer}`, `${other.peer}`)
        const { identify } = await watching.next('peer-identified')
        equal('where it listens', identify.addrs.map(String), other.addrs.map(String))
      },
    },
    'closed-by-other': {
      title: 'When the peer closes the connection, that is told: the connection’s end, then the peer’s',
      async run({ players: { observer, other }, signal }) {
        await using watching = await watch(observer, signal)
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        const opened = await watching.next('connection-opened')
        await succeeds('DISCONNECT', other.client.disconnect(observer.peer, { signal }))
        const closed = await watching.next('connection-closed')
        equal('the connection', closed.connection.id, opened.connection.id)
        equal('who is gone', `${(await watching.next('peer-disconnected')).peer}`, `${other.peer}`)
      },
    },
    'state-first': {
      title: 'Who subscribes later gets the present state first, and then what changes',
      async run({ players: { observer, other }, signal }) {
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        await using watching = await watch(observer, signal)
        const types = ['connection-opened', 'peer-connected', 'peer-identified', 'addresses-changed']
        equal('the state', watching.state.map(({ type }) => type).toSorted(), types.toSorted())
        for (const event of watching.state) {
          if (event.type !== 'addresses-changed') continue
          equal('own addresses', event.addrs.map(String), observer.addrs.map(String))
        }
        await succeeds('DISCONNECT', observer.client.disconnect(other.peer, { signal }))
        await watching.next('peer-disconnected')
      },
    },
    filter: {
      title: 'Only the types that were asked for come',
      async run({ players: { observer, other }, signal }) {
        await using watching = await watch(observer, signal, ['peer-disconnected'])
        equal('the state', watching.state, [])
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        await succeeds('DISCONNECT', observer.client.disconnect(other.peer, { signal }))
        await watching.next('peer-disconnected')
        equal('the types', watching.types, ['peer-disconnected'])
      },
    },
    many: {
      title: 'Fifty connections and their ends are told to two subscribers, each once and in order',
      deadline: 40,
      async run({ players: { observer, other }, signal }) {
        const types = ['connection-opened', 'connection-closed'] as const
        await using first = await watch(observer, signal, types)
        await using second = await watch(observer, signal, types)
        for (let round = 0; round < 50; round++) {
          await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
          await succeeds('DISCONNECT', observer.client.disconnect(other.peer, { signal }))
        }
        for (const watching of [first, second]) {
          for (let round = 0; round < 50; round++) for (const type of types) await watching.next(type)
          const told = Array.from({ length: 50 }, () => types).flat()
          equal('the events', watching.types, told)
        }
      },
    },
  },
})

interface Watch extends AsyncDisposable {
  /** What was told before the state was complete. */
  readonly state: readonly DaemonEvent[]
  /** The types of all events that came after it and were waited for or passed over. */
  readonly types: readonly string[]
  /** Waits for the next event of a type, passing over others. */
  next<Type extends DaemonEventType>(type: Type): Promise<Extract<DaemonEvent, { type: Type }>>
}

/** Subscribes to a daemon's events; resolves when it has told its state. */
async function watch({ client }: Player, signal: AbortSignal, types?: readonly DaemonEventType[]): Promise<Watch> {
  const stop = new AbortController()
  const events = client.events({ types, signal: AbortSignal.any([signal, stop.signal]) })
  const next = async (): Promise<DaemonEvent> => {
    const { value } = await succeeds('the subscription', events.next())
    if (value === undefined) throw new CheckFailure('the subscription', 'an event', 'its end')
    return value
  }
  const state: DaemonEvent[] = []
  for (let event = await next(); event.type !== 'state-complete'; event = await next()) state.push(event)
  const seen: string[] = []
  return {
    state,
    types: seen,
    async next(type) {
      for (;;) {
        const event = await next()
        seen.push(event.type)
        if (event.type === type) return event as Extract<DaemonEvent, { type: typeof type }>
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await events.return(undefined as never).catch(() => {})
    },
  }
}
