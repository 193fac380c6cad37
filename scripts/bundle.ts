import { join } from 'node:path'
import { build } from 'esbuild'

/** Bundles the executables into one file each under `dist/`: a third of the start-up time and memory of the sources. */
const root = join(import.meta.dirname, '..')

await build({
  absWorkingDir: root,
  entryPoints: { p2pd: 'daemon/main.ts', 'p2p-keygen': 'daemon/keygen.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'linked',
  minifySyntax: true,
  // CommonJS dependencies expect a require
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
})
