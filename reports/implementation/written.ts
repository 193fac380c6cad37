import type { Blame } from '../blame.ts'
import type { Results } from '../results.ts'
import { type Account, drawAccount } from './account.ts'
import type { EvidenceTexts } from './fault-markdown.ts'
import { type AccountMarkdown, renderAccount } from './markdown.ts'

/** An implementation's account, and how it reads. */
export interface WrittenAccount {
  readonly account: Account
  readonly markdown: AccountMarkdown
}

/** Writes the accounts of all implementations of a run: once, for the files and for the page that carries them. */
export function writeAccounts(
  results: Results,
  blames: ReadonlyMap<string, Blame>,
  evidence?: EvidenceTexts,
): WrittenAccount[] {
  return results.implementations.map(implementation => {
    const account = drawAccount(results, implementation, blames)
    return { account, markdown: renderAccount(account, results, evidence) }
  })
}
