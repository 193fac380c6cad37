import { expect, test } from 'vitest'
import { HarnessError } from './errors.ts'
import { parseOptions } from './options.ts'

const parse = (...args: string[]) => parseOptions(args, '/repo')

test('the defaults', () => {
  const { seed, jobs, ...rest } = parse()
  expect(seed).toBeGreaterThanOrEqual(0)
  expect(jobs).toBeGreaterThanOrEqual(2)
  expect(rest).toEqual({
    impl: [],
    filter: [],
    replay: undefined,
    shard: undefined,
    list: false,
    retries: 1,
    verify: 1,
    runtime: 'native',
    control: 'unix',
    pcap: false,
    report: '/repo/reports/latest',
    ledgers: ['/repo/scenarios/ledger.yaml'],
    history: undefined,
    help: false,
  })
})

test('a choice that does not exist is refused, and the nearest one named', () => {
  expect(parse('--runtime', 'container', '--control', 'tcp')).toMatchObject({ runtime: 'container', control: 'tcp' })
  expect(() => parse('--runtime', 'containers')).toThrow('expected native or container; did you mean "container"?')
})

test('an installed package reports where it is called', () => {
  expect(parseOptions([], '/x/node_modules/p2pd').report).toBe(`${process.cwd()}/interop-report`)
})

test('everything at once', () => {
  const args = ['--impl', 'js', '--impl', 'x=y', '--filter', 'a', '--shard', '2/4', '--seed', '7', '--retries', '0']
  expect(
    parse(...args, '--verify', '20', '--jobs', '1', '--pcap', '--history', '/h.json', '--ledger', '/l.yaml'),
  ).toMatchObject({
    impl: ['js', 'x=y'],
    filter: ['a'],
    shard: { index: 2, count: 4 },
    seed: 7,
    retries: 0,
    verify: 20,
    jobs: 1,
    pcap: true,
    history: '/h.json',
    ledgers: ['/repo/scenarios/ledger.yaml', '/l.yaml'],
  })
})

test('a replay is one try', () => {
  expect(parse('--replay', 'a/b')).toMatchObject({ replay: 'a/b', retries: 0 })
})

test.each([
  [['--shard', '0/4'], 'from 1/COUNT'],
  [['--shard', '5/4'], 'from 1/COUNT'],
  [['--shard', '1'], 'from 1/COUNT'],
  [['--seed', '-1'], "'--seed'"],
  [['--seed', '1.5'], '--seed 1.5: expected a whole number from 0 on'],
  [['--verify', '0'], '--verify 0: expected a whole number from 1 on'],
  [['--jobs', 'many'], 'expected a whole number'],
  [['--filter', ''], '--filter is empty'],
  [['--replay', 'a', '--filter', 'b'], 'does not go with --filter'],
  [['--sead', '1'], 'there is no option --sead; did you mean'],
])('%j is refused', (args, text) => {
  expect(() => parse(...args)).toThrow(HarnessError)
  expect(() => parse(...args)).toThrow(text)
})
