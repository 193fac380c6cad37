import { afterAll, afterEach, beforeAll, beforeEach, describe, type TestContext, test } from 'vitest'

/** What a test of mocha finds in `this`. */
class MochaContext {
  readonly #context: TestContext

  constructor(context: TestContext) {
    this.#context = context
  }

  timeout(): void {
    // the time that a test may take is set where the suite is run
  }

  skip(): void {
    this.#context.skip()
  }
}

/**
 * Makes vitest's functions look like mocha's, for suites that are written for it: their names, and what is in `this`.
 * To be called before such a suite.
 */
export function provideMocha(timeout: number): void {
  const it = (name: string, run: (this: MochaContext) => unknown): void =>
    test(name, { timeout }, async context => {
      await run.call(new MochaContext(context))
    })
  const hook =
    (register: (run: () => Promise<void>, timeout: number) => void) =>
    (run: () => unknown): void =>
      register(async () => {
        await run()
      }, timeout)
  Object.assign(globalThis, {
    describe: (name: string, define: () => void) => describe(name, () => define.call({ timeout() {} })),
    it,
    before: hook(beforeAll),
    after: hook(afterAll),
    beforeEach: hook(beforeEach),
    afterEach: hook(afterEach),
  })
}
