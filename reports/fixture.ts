import type { CellResult, Outcome, Results } from './results.ts'

/** A cell of the tests' results: `streams/<check>`, dialled by an implementation and listened to by another. */
export function cellOf(
  check: string,
  [dialer, listener]: readonly [string, string],
  outcome: Outcome,
  more: Partial<CellResult> = {},
): CellResult {
  const stack = 'tcp,noise,yamux'
  const path = `streams/${check}/dialer:${dialer}/listener:${listener}/${stack}`
  const identity = { path, scenario: 'streams', check, title: check, cast: { dialer, listener }, stack }
  return { ...identity, outcome, durationMs: 100, ...more }
}

const evidence = 'evidence/of-it'

/** Results with every outcome in them, for the tests of the renderers. */
export const everyOutcome: Results = {
  schemaVersion: 1,
  startedAt: '2026-11-24T04:00:00.000Z',
  durationMs: 12_345,
  seed: 7,
  machine: { os: 'linux', arch: 'x64', node: 'v24.0.0', cpus: 2 },
  implementations: [
    { name: 'js', title: 'Ours', version: '1.0.0' },
    {
      name: 'go',
      title: 'Theirs',
      version: '0.9.2',
      homepage: 'https://example.org/theirs',
      capabilities: [
        { axis: 'muxers', feature: 'yamux' },
        { axis: 'muxers', feature: 'mplex', missing: 'too old' },
      ],
    },
    { name: 'rust', title: 'Another', version: '0.1.0', missing: 'cargo is not installed' },
  ],
  cells: [
    cellOf('echo', ['js', 'js'], 'pass', { evidence }),
    cellOf('echo', ['js', 'go'], 'fail', {
      failure: { what: 'the answer', expected: 'a|b', got: 'failed to dial: all dials failed\n  * [x] refused' },
      evidence,
    }),
    cellOf('half-close', ['js', 'go'], 'xfail', {
      failure: { what: 'the answer', expected: '1', got: '2' },
      reason: 'closes both',
      evidence,
    }),
    cellOf('half-close', ['js', 'js'], 'xpass', { reason: 'the ledger expects: closes both', evidence }),
    {
      ...cellOf('mesh', ['js', 'go'], 'pass', { evidence }),
      path: 'streams/mesh/network:js+go/tcp,noise,yamux',
      cast: { a: 'js', b: 'go', c: 'js', d: 'go' },
      network: ['js', 'go'],
    },
    cellOf('reset', ['js', 'js'], 'flaky', {
      failure: { what: 'the reset', expected: 'an error', got: 'the end' },
      attempts: [
        { outcome: 'fail', durationMs: 100 },
        { outcome: 'pass', durationMs: 50 },
      ],
      evidence,
    }),
    cellOf('burst', ['js', 'rust'], 'skipped', { reason: 'cargo is not installed' }),
    cellOf('burst', ['js', 'go'], 'unsupported', { reason: 'Theirs does not support it: too old' }),
    cellOf('burst', ['js', 'js'], 'infra-error', {
      failure: { what: 'the cell', expected: 'a verdict', got: 'none: it was cut off' },
      evidence,
    }),
  ],
  faults: ['ledger: "x/**" matches no cell'],
}
