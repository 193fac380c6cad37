import type { Scenario } from '../harness/scenario.ts'
import { connect } from './connect.ts'
import { identify } from './identify.ts'
import { stacks } from './stacks.ts'
import { streams } from './streams.ts'

/** All scenarios, in the order in which reports list them. */
export const scenarios: readonly Scenario[] = [identify, connect, streams, stacks]
