import { readFileSync, readlinkSync } from 'node:fs'

/** The labels by which everything of ours is found again. */
export const RUN_LABEL = 'p2pd.run'
export const OWNER_LABEL = 'p2pd.owner'
export const IMPLEMENTATION_LABEL = 'p2pd.implementation'
/** The usual one, for those who look at an image by other means. */
export const VERSION_LABEL = 'org.opencontainers.image.version'

/** The words that label what a run creates: with the run, and the process that will remove it. */
export function runLabels(runId: string): string[] {
  return ['--label', `${RUN_LABEL}=${runId}`, '--label', `${OWNER_LABEL}=${thisOwner()}`]
}

/** A process that owns things, so that others can tell whether it lives: a pid is somebody else's after a while. */
interface Owner {
  /** The kernel since its start, and the part of it in which the pid counts. */
  readonly machine: string
  readonly pid: string
  readonly started: string
}

export function thisOwner(): string {
  const pid = String(process.pid)
  return formatOwner({ machine: thisMachine(), pid, started: startOf(pid) ?? '' })
}

/** Whether the owner is known to have ended; of other machines that share an engine nothing is known. */
export function isDead(label: string): boolean {
  const [machine, pid = '', started] = label.split(' ')
  return machine === thisMachine() && startOf(pid) !== started
}

function formatOwner({ machine, pid, started }: Owner): string {
  return `${machine} ${pid} ${started}`
}

function thisMachine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return process.platform
  }
}

/** When a process began, in the kernel's ticks; undefined when there is no such process. */
function startOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // behind the name, which may contain anything, are the state, and the start time as the twentieth field
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // one whose parent has not asked how it ended is listed for as long
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}
