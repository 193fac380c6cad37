const write = line => process.stdout.write(`${line}\n`)

/** Reports mocha's tests as go's testing package does. */
module.exports = class {
  constructor(runner) {
    const report = (outcome, test) => {
      write(`--- ${outcome}: ${test.fullTitle()} (${((test.duration ?? 0) / 1000).toFixed(2)}s)`)
    }
    runner.on('pass', test => report('PASS', test))
    runner.on('pending', test => report('SKIP', test))
    runner.on('fail', (test, error) => {
      write(error.stack)
      report('FAIL', test)
    })
  }
}
