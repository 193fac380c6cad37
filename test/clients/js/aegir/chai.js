import * as chai from 'chai'
import chaiAsPromised from 'chai-as-promised'

/** The assertions of @libp2p/interop: chai's, as functions too (`.to.exist()`), on promises, and on bytes. */
chai.use(equalBytes)
chai.use(chaiAsPromised)
chai.use(callableProperties)

export const expect = chai.expect

function callableProperties({ Assertion }, { overwriteProperty }) {
  for (const name of ['ok', 'exist']) {
    overwriteProperty(
      Assertion.prototype,
      name,
      assert =>
        function () {
          assert.call(this)
          return () => this
        },
    )
  }
}

function equalBytes({ Assertion }) {
  Assertion.addMethod('equalBytes', function (expected) {
    const actual = this._obj
    this.assert(
      actual instanceof Uint8Array && Buffer.compare(actual, expected) === 0,
      'expected #{this} to equal the bytes #{exp}',
      'expected #{this} not to equal the bytes #{exp}',
      expected,
      actual,
    )
  })
}
