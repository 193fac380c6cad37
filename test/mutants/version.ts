import type { Mutant } from './mutant.ts'

export const version: readonly Mutant[] = [
  {
    name: 'nameless-libraries',
    fault: 'VERSION names no library',
    file: 'daemon/requests/version.ts',
    find: 'Object.entries({ node: process.versions.node, ...DEPENDENCIES })',
    replace: 'Object.entries({})',
    killedBy: ['version/name'],
  },
  {
    name: 'boast',
    fault: 'VERSION claims the DHT although it is off',
    file: 'daemon/features.ts',
    find: "dht !== undefined, 'request/dht'",
    replace: "dht === undefined, 'request/dht'",
    killedBy: ['version/features'],
  },
]
