import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { docker, findEngine } from '../../harness/container/engine.ts'
import { OWNER_LABEL } from '../../harness/container/labels.ts'
import type { Results } from '../../reports/results.ts'

export const ROOT = join(import.meta.dirname, '../..')

/** For the titles of tests that need an engine: why they are skipped. */
export async function whyNoEngine(): Promise<string | undefined> {
  const engine = await findEngine()
  return 'missing' in engine ? engine.missing : undefined
}

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as `npm run scenarios -- …` does, with its results in a folder. */
export function scenarios(report: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>()
  const all = ['harness/cli.ts', '--report', report, ...args]
  execFile(process.execPath, all, { cwd: ROOT, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
  })
  return promise
}

export async function readResults(report: string): Promise<Results> {
  return JSON.parse(await readFile(join(report, 'results.json'), 'utf8'))
}

/** What the engine has of runs of a process: its containers and networks. */
export async function remains(pid: number | undefined): Promise<string[]> {
  const format = `{{.ID}} {{.Label "${OWNER_LABEL}"}}`
  const filter = ['--filter', `label=${OWNER_LABEL}`, '--format', format]
  const listed = await Promise.all([docker(['ps', '--all', ...filter]), docker(['network', 'ls', ...filter])])
  return listed.flatMap(text => text.split('\n')).filter(line => line.split(' ')[2] === String(pid))
}
