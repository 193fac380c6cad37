import type { Recipe } from '../../../harness/build.ts'
import { ROOT } from '../daemons.ts'

/** The packages of JavaScript clients, with the programs beside them as imports need it. */
export const RECIPE: Recipe = {
  name: 'test-client-js',
  title: 'the JavaScript client',
  dir: import.meta.dirname,
  root: ROOT,
  build: {
    needs: [{ command: 'npm', hint: 'install Node.js from https://nodejs.org' }],
    inputs: ['package.json', 'package-lock.json', '*.{js,cjs}', 'aegir/*'],
    run: ['sh', '-c', 'cp -r *.json *.js *.cjs aegir "$1" && cd "$1" && npm ci --no-audit --no-fund', 'sh', '{out}'],
    outputs: ['{out}/every-function.js', '{out}/interop.js', '{out}/node_modules/.package-lock.json'],
  },
}
