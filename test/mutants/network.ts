import type { Mutant } from './mutant.ts'

export const network: readonly Mutant[] = [
  {
    name: 'impatient-abroad',
    fault: 'a public address must have answered within 150 ms',
    file: 'daemon/dialer.ts',
    find: 'const PUBLIC_ADDRESS_TIMEOUT = 15_000',
    replace: 'const PUBLIC_ADDRESS_TIMEOUT = 150',
    killedBy: ['network-links/far'],
  },
]
