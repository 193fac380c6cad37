import * as chai from 'chai'
import chaiAsPromised from 'chai-as-promised'

/** The assertions of @libp2p/interop and of js-libp2p's compliance suites: chai's, as functions too (`.to.exist()`), on promises, and on bytes. */
chai.use(equalBytes)
chai.use(chaiAsPromised)
chai.use(callableProperties)

export const expect = chai.expect

function callableProperties({ Assertion }, { overwriteProperty }) {
  for (const name of ['ok', 'exist', 'empty', 'true', 'false', 'rejected']) {
    overwriteProperty(
      Assertion.prototype,
      name,
      assert =>
        function () {
          assert.call(this)
          return callable(this)
        },
    )
  }
}

/** The assertion, which gives itself when it is called; on a promise it can be awaited either way. */
function callable(assertion) {
  return new Proxy(() => assertion, {
    get(_target, name) {
      const value = Reflect.get(assertion, name)
      return typeof value === 'function' ? value.bind(assertion) : value
    },
  })
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
