import { constants } from 'node:os'

/** Turns an error of a native library, whose message ends in the system's number, into one as Node makes them. */
export function bindError(error: Error): Error {
  const number = /\(os error (\d+)\)/.exec(error.message)?.[1]
  if (number === undefined) return error
  const errno = Number(number)
  const code = Object.entries(constants.errno).find(([, value]) => value === errno)?.[0]
  return Object.assign(new Error(error.message, { cause: error }), { errno: -errno, code, syscall: 'bind' })
}
