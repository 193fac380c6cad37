import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'

/**
 * Bundles the executables under `dist/`: a quarter of the start-up time, and two thirds of the memory, of the sources.
 * What the daemon imports only when it is needed stays in files of its own.
 */
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

/** The UPnP client reads its own package.json when it is loaded, which a bundle does not have beside it. */
const inlinedPackageJson: Plugin = {
  name: 'inlined-package-json',
  setup({ onLoad }) {
    onLoad({ filter: /@achingbrain\/ssdp\/dist\/src\/ssdp\.js$/ }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(join(path, '../../../package.json'), 'utf8'))
      const source = await readFile(path, 'utf8')
      const read = "req('../../package.json')"
      if (!source.includes(read)) throw new Error(`${path} no longer reads its package.json`)
      return { contents: source.replace(read, JSON.stringify({ name, version })), loader: 'js' }
    })
  },
}

/** What both bundles have in common. */
const options = {
  absWorkingDir: root,
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'linked',
  minifySyntax: true,
  metafile: true as const,
  // finds its native part beside its own file
  external: ['classic-level'],
  // CommonJS dependencies expect a require; a real one for each file would cost a tenth of the start
  banner: {
    js: "const require = name => process.getBuiltinModule(name) ?? process.getBuiltinModule('module').createRequire(import.meta.url)(name);",
  },
  plugins: [inlinedPackageJson],
  logLevel: 'warning',
} satisfies BuildOptions

const bundles = await Promise.all([
  // each apart from the daemon, which would be cut into more pieces by what they share
  build({ ...options, entryPoints: { p2pd: 'daemon/main.ts' } }),
  build({ ...options, entryPoints: { 'p2p-keygen': 'daemon/keygen.ts' }, chunkNames: 'keygen-[name]-[hash]' }),
  build({
    ...options,
    entryPoints: { 'p2p-scenarios': 'harness/cli.ts', cells: 'harness/cells.play.ts' },
    chunkNames: 'harness-[name]-[hash]',
    external: [...options.external, 'vitest'],
  }),
])

const made = new Set(bundles.flatMap(({ metafile }) => Object.keys(metafile.outputs).map(path => basename(path))))
for (const name of await readdir(dist)) if (!made.has(name)) await rm(join(dist, name), { recursive: true })
