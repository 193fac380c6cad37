import { cacheCompiledCode } from './compiled-code.ts'

// before anything large is loaded
cacheCompiledCode()
const { run } = await import('./run.ts')
await run(process.argv.slice(2))
