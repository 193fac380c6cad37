import { defineScenario } from '../harness/scenario.ts'
import { holds, succeeds } from '../harness/verify.ts'

export const version = defineScenario({
  name: 'version',
  title: 'A daemon says which it is and what it can do',
  roles: ['daemon'],
  needs: ['version'],
  checks: {
    name: {
      title: 'It has a name, a version, a revision of the protocol, and libraries with versions',
      async run({ players: { daemon }, signal }) {
        const { name, version, protocolRevision, implementation } = await succeeds(
          'VERSION',
          daemon.client.version({ signal }),
        )
        holds('the name', name !== '', 'some text', name)
        holds('the version', /\d/.test(version), 'a number in it', version)
        holds('the protocol revision', protocolRevision >= 1, 'one or more', protocolRevision)
        const versions = Object.values(implementation)
        holds('the libraries', versions.length > 0 && !versions.includes(''), 'some, with versions', implementation)
      },
    },
    features: {
      title: 'Its features name its requests, and the transport, security and muxer that it was started with',
      async run({ players: { daemon }, signal }) {
        const { features } = await succeeds('VERSION', daemon.client.version({ signal }))
        const expected = ['request/identify', 'request/version', 'transport/tcp', 'security/noise', 'muxer/yamux']
        for (const name of expected) holds('the features', features.has(name), name, [...features])
        for (const name of ['security/tls', 'muxer/mplex', 'request/dht']) {
          holds('the features', !features.has(name), `no ${name}`, [...features])
        }
      },
    },
  },
})
