/** Runs a step so many times, so many at once. */
export async function atOnce(times: number, width: number, step: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < times) await step(next++)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

/** Runs a step so many times, one after the other, and says how long, in ms, each took. */
export async function timeEach(times: number, step: (index: number) => Promise<void>): Promise<number[]> {
  const took: number[] = []
  for (let index = 0; index < times; index++) {
    const began = performance.now()
    await step(index)
    took.push(performance.now() - began)
  }
  return took
}

/** How long, in seconds, a step took. */
export async function timed(step: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await step()
  return (performance.now() - began) / 1_000
}
