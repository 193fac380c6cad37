import { join } from 'node:path'
import type { Recipe } from '../../../harness/build.ts'
import { ROOT } from '../daemons.ts'

/** p2pclient from PyPI in a virtual environment of its own, and its source distribution, which carries its tests. */
export const RECIPE: Recipe = {
  name: 'test-client-python',
  title: 'the Python client',
  dir: import.meta.dirname,
  root: ROOT,
  build: {
    needs: [{ command: 'python3', hint: 'apt-get install python3-venv' }],
    inputs: ['install.sh', '*.txt'],
    run: ['sh', 'install.sh', '{out}'],
    outputs: ['{out}/venv/bin/python', '{out}/sdist/PKG-INFO'],
  },
}

/** pytest with the plugin that reports in go's way. */
export function python(out: string): readonly string[] {
  return [join(out, 'venv/bin/python'), '-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', '-p', 'reporting']
}

/** Finds the plugin, and leaves no compiled files in the tree. */
export const ENVIRONMENT = { PYTHONPATH: import.meta.dirname, PYTHONDONTWRITEBYTECODE: '1' }
