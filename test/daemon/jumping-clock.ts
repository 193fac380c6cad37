/** Loaded before the daemon: SIGUSR2 sets the clock a day ahead, then two days back, twice, as an operator or NTP might. */
const DAY = 24 * 60 * 60_000
const JUMPS = [DAY, -2 * DAY, 2 * DAY, -2 * DAY].values()

let offset = 0
process.on('SIGUSR2', () => {
  offset += JUMPS.next().value ?? 0
})

const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [RealDate.now() + offset] : given) as [number]))
  }

  static override now(): number {
    return RealDate.now() + offset
  }
} as DateConstructor
