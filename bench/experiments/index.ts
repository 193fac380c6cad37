import type { Experiment } from '../experiment.ts'
import { connectionMemory } from './connections.ts'
import { control } from './control.ts'
import { dht } from './dht.ts'
import { churn, streamMemories } from './memory.ts'
import { scaleMesh } from './mesh.ts'
import { pubsubEight, pubsubOne } from './pubsub.ts'
import { scaleConnections, scaleStreams } from './scale.ts'
import { idle, start } from './start.ts'
import { echo, open } from './streams.ts'
import { throughput } from './throughput.ts'

/** All that can be measured, in the order of the report. */
export const experiments: readonly Experiment[] = [
  start,
  control,
  open,
  echo,
  throughput,
  pubsubOne,
  pubsubEight,
  dht,
  idle,
  ...streamMemories,
  connectionMemory,
  churn,
  scaleStreams,
  scaleConnections,
  scaleMesh,
]
