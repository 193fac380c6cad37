import { findImage } from './container/image.ts'
import { VERSION_LABEL } from './container/labels.ts'
import { probeEngine } from './container/probe.ts'
import { HarnessError } from './errors.ts'
import { findExecutable } from './executable.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import { NAME_PATTERN } from './manifest.ts'

/** What a command line begins with that names an image, and not a program. */
const IMAGE = 'image:'

/**
 * Makes an implementation of a name and a command line, for `--impl NAME=COMMAND`, or of an image that the container
 * engine has, for `--impl NAME=image:IMAGE`: nothing to write, nothing built, and expected to support everything.
 *
 * @param cwd what a relative executable is relative to; arguments are left as they are
 * @throws HarnessError ERR_COMMAND_INVALID
 */
export async function adHoc(
  name: string,
  commandLine: string,
  cwd = process.cwd(),
): Promise<Implementation | MissingImplementation> {
  if (!new RegExp(NAME_PATTERN).test(name)) {
    throw new HarnessError(
      'ERR_COMMAND_INVALID',
      `implementation name ${JSON.stringify(name)}: expected lower-case letters, digits, ".", "_" and "-", as it becomes part of paths`,
    )
  }
  const [file, ...args] = splitWords(commandLine)
  if (file === undefined) throw new HarnessError('ERR_COMMAND_INVALID', `implementation ${name}: its command is empty`)
  if (file.startsWith(IMAGE)) return fromImage(name, file.slice(IMAGE.length), args)
  const executable = await findExecutable(file, cwd)
  if (executable === undefined) {
    const where = file.includes('/') ? `from ${cwd}` : 'on PATH'
    throw new HarnessError(
      'ERR_COMMAND_INVALID',
      `implementation ${name}: ${file} is not an executable file ${where}; give the path of one that exists`,
    )
  }
  return {
    status: 'ready',
    name,
    title: name,
    version: 'dev',
    command: [executable, ...args],
    unsupported: [],
    stranger: true,
  }
}

/** @throws HarnessError ERR_COMMAND_INVALID for an image that the engine does not have, or that starts nothing by itself */
async function fromImage(
  name: string,
  image: string,
  command: readonly string[],
): Promise<Implementation | MissingImplementation> {
  const identity = { name, title: name, version: 'dev' }
  const engine = await probeEngine()
  if ('missing' in engine) return { ...identity, status: 'missing', reason: engine.missing }
  const found = await findImage(image)
  if (found === undefined) {
    throw new HarnessError(
      'ERR_COMMAND_INVALID',
      `implementation ${name}: the image ${image} is not built; build it, as docker build -t ${image} does: none is fetched`,
    )
  }
  if (!found.entrypoint?.length) {
    throw new HarnessError(
      'ERR_COMMAND_INVALID',
      `implementation ${name}: the image ${image} has no ENTRYPOINT, to which the daemon's flags could be added`,
    )
  }
  const version = found.labels[VERSION_LABEL] ?? identity.version
  return { ...identity, version, status: 'ready', command, image, unsupported: [], stranger: true }
}

/** One step over a command line: white space, a quoted part, an escaped character, or plain characters. */
const PART = /(?<space>\s+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|\\(?<escaped>.)|(?<plain>[^\s'"\\]+)/suy

/**
 * Splits a command line into words as a POSIX shell does: quotes and backslashes, but no expansion of any kind.
 *
 * @throws HarnessError ERR_COMMAND_INVALID for a quote without its end, or a backslash at the end
 */
export function splitWords(commandLine: string): string[] {
  const words: string[] = []
  let word: string | undefined
  const pattern = new RegExp(PART)
  while (pattern.lastIndex < commandLine.length) {
    const start = pattern.lastIndex
    const part = pattern.exec(commandLine)?.groups
    if (part === undefined) {
      throw new HarnessError(
        'ERR_COMMAND_INVALID',
        `command line ${JSON.stringify(commandLine)}: the ${commandLine[start]} at position ${start} has no counterpart`,
      )
    }
    if (part.space === undefined) {
      const double = part.double?.replace(/\\([$`"\\])/g, '$1')
      word = (word ?? '') + (part.single ?? double ?? part.escaped ?? part.plain ?? '')
    } else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}
