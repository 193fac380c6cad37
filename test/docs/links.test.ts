import { access, glob, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { linksIn, ROOT } from './markdown.ts'

/** Every document of the repository, by its path; the reports of runs are none. */
const documents: string[] = []
for await (const path of glob('**/*.md', {
  cwd: ROOT,
  exclude: name => /^(node_modules|dist|target|latest)$/.test(basename(name)),
})) {
  documents.push(path)
}

test('there are documents', () => {
  expect(documents).toContain('README.md')
  expect(documents.length).toBeGreaterThan(10)
})

/** What an anchor of a heading is called. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-')
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

test.each(documents)('the links in %s lead somewhere', async path => {
  const text = await readFile(join(ROOT, path), 'utf8')
  for (const { target } of linksIn(text)) {
    if (/^[a-z]+:/.test(target)) continue
    const [file = '', anchor] = target.split('#')
    const linked = file === '' ? join(ROOT, path) : join(ROOT, dirname(path), file)
    expect(await exists(linked), target).toBe(true)
    if (anchor === undefined) continue
    const headings = [...(await readFile(linked, 'utf8')).matchAll(/^#+ (.*)$/gm)].map(
      ([, heading]) => heading as string,
    )
    expect(headings.map(anchorOf), target).toContain(anchor)
  }
})

test('the index has every document of the folder', async () => {
  const listed = linksIn(await readFile(join(ROOT, 'docs/README.md'), 'utf8')).map(({ target }) => target)
  const there = documents.filter(path => /^docs\/(?!README)/.test(path)).map(path => path.slice('docs/'.length))
  expect(there.filter(path => !listed.includes(path))).toEqual([])
})
