import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { mutants } from './mutants.ts'

/**
 * Loaded before the daemon, by `P2PD_MUTANT=<name> node --import <this file> daemon/main.ts`: puts the mutant's fault
 * into the source as it passes by. A mutation that no longer fits the source stops the daemon.
 */
const mutant = mutants.find(({ name }) => name === process.env.P2PD_MUTANT)
if (mutant === undefined) throw new Error(`there is no mutant "${process.env.P2PD_MUTANT}"`)

const { find, replace } = mutant
const target = pathToFileURL(join(import.meta.dirname, '../..', mutant.file)).href

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (url !== target) return loaded
    const source = String(loaded.source)
    const places = source.split(find).length - 1
    if (places !== 1) throw new Error(`mutant ${mutant.name} fits ${places} places of ${mutant.file}, expected one`)
    return { ...loaded, source: source.replace(find, () => replace) }
  },
})
