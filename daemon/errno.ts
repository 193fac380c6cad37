import { getSystemErrorMessage } from 'node:util'

/** Where libuv's words for an error are not the C library's. */
const WORDS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'cannot assign requested address',
  EEXIST: 'file exists',
  EISDIR: 'is a directory',
  ENFILE: 'too many open files in system',
}

/** Describes a system error in the C library's words, as Go's messages do; other errors by their message. */
export function errnoText(error: unknown): string {
  const { errno, code, message } = error as NodeJS.ErrnoException
  return errno === undefined ? message : (WORDS[code ?? ''] ?? getSystemErrorMessage(errno))
}
