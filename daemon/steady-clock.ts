/**
 * The time in ms since 1970, as far as the clock was right when the process started: it goes on evenly, whatever is done to
 * the clock meanwhile. For everything that lasts for so long; `Date.now` is for what others are told, or what is kept.
 */
export function steadyNow(): number {
  return Math.round(performance.timeOrigin + performance.now())
}

/** What the clock says at a steady time, and the other way round; there is no end of for ever. */
export const toClock = (steady: number): number => steady - steadyNow() + Date.now()
export const fromClock = (time: number): number => time - Date.now() + steadyNow()
