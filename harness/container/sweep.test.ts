import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sweepRun } from './sweep.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-sweep-'))
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('an engine that lets go of a network only the second time is asked again', { timeout: 30_000 }, async () => {
  const engine = `#!/bin/sh
echo "$*" >>'${folder}/asked'
case "$1 $2" in
  'network ls') echo network-1 ;;
  'network rm')
    [ -e '${folder}/refused' ] && exit 0
    touch '${folder}/refused'
    echo 'network has active endpoints' >&2
    echo 'exit status 1' >&2
    exit 1 ;;
esac
`
  await writeFile(join(folder, 'docker'), engine)
  await chmod(join(folder, 'docker'), 0o755)
  await sweepRun('run-1')
  const asked = (await readFile(join(folder, 'asked'), 'utf8')).split('\n')
  expect(asked.filter(line => line === 'network rm network-1')).toHaveLength(2)
})
