import { getSystemErrorMessage } from 'node:util'

/** Describes a system error in the C library's words, as Go's messages do; other errors by their message. */
export function errnoText(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException
  return errno === undefined ? message : getSystemErrorMessage(errno)
}
