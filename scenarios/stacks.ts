import { defineScenario } from '../harness/scenario.ts'
import { ALL_STACKS } from '../harness/stack.ts'
import { streams } from './streams.ts'

export const stacks = defineScenario({
  name: 'stacks',
  title: 'Every security protocol, muxer and key type carries a stream',
  roles: ['dialer', 'listener'],
  stacks: ALL_STACKS,
  checks: { echo: streams.checks.echo as NonNullable<typeof streams.checks.echo> },
})
