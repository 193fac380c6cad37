import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { build, type Recipe } from '../../harness/build.ts'
import { findExecutable } from '../../harness/executable.ts'
import { cellOf, everyOutcome } from '../../reports/fixture.ts'
import { renderJunit } from '../../reports/junit.ts'

const run = promisify(execFile)

const root = join(import.meta.dirname, '../..')
const recipe: Recipe = {
  name: 'junit-schema',
  title: 'the JUnit XML schema',
  dir: join(import.meta.dirname, 'junit-schema'),
  root,
  build: {
    needs: [{ command: 'python3', hint: 'apt-get install python3-pip' }],
    inputs: ['*'],
    run: ['sh', 'get.sh', '{out}'],
    outputs: ['{out}/junit-10.xsd', '{out}/lib/xmlschema/__init__.py'],
  },
}

const python = await findExecutable('python3')
const title = `the JUnit XML follows its schema${python === undefined ? ' (skipped: python3 is not installed)' : ''}`

test.skipIf(python === undefined)(title, { timeout: 120_000 }, async () => {
  const built = await build(recipe)
  if (built.status === 'missing') throw new Error(built.reason)
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-junit-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const validate = async (xml: string): Promise<string> => {
    const file = join(folder, 'junit.xml')
    await writeFile(file, xml)
    const program = 'import sys, xmlschema; xmlschema.validate(sys.argv[2], sys.argv[1])'
    const env = { ...process.env, PYTHONPATH: join(built.out, 'lib') }
    const outcome = run('python3', ['-c', program, join(built.out, 'junit-10.xsd'), file], { env })
    return outcome.then(
      () => 'valid',
      ({ stderr }) => String(stderr),
    )
  }
  expect(await validate(renderJunit(everyOutcome))).toBe('valid')
  expect(await validate(renderJunit({ ...everyOutcome, cells: [], faults: [] }))).toBe('valid')
  const hostile = cellOf('echo', ['js', 'go'], 'fail', { failure: { what: '<&>"', expected: '\u0000', got: ']]>' } })
  expect(await validate(renderJunit({ ...everyOutcome, cells: [hostile] }))).toBe('valid')
  // the schema says no to something
  expect(await validate('<testsuites><case/></testsuites>')).toContain('XMLSchema')
})
