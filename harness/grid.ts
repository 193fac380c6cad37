import type { Played } from './plan.ts'

/** A cell as the grid needs it. */
export interface GridCell {
  readonly path: string
  readonly scenario: string
}

const SYMBOLS: Readonly<Record<Played['outcome'], string>> = {
  pass: '■',
  fail: '✗',
  flaky: '~',
  unsupported: '-',
  'infra-error': '!',
}
const WAITING = '·'

/**
 * The run at a glance: a line a scenario with a mark a cell, in the order of the cells, and how many are over. Scenarios
 * with more cells than a line holds show the share of each kind instead.
 *
 * @param outcomes of the cells that are over, by path
 */
export function renderGrid(
  cells: readonly GridCell[],
  outcomes: ReadonlyMap<string, Pick<Played, 'outcome'>>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string[] {
  const scenarios = [...Map.groupBy(cells, ({ scenario }) => scenario)]
  // those that are over give way first
  const open = scenarios.filter(([, members]) => members.some(({ path }) => !outcomes.has(path)))
  const shown = scenarios.length <= rows ? scenarios : open.slice(0, rows)
  const name = Math.max(...scenarios.map(([scenario]) => scenario.length))
  const digits = String(cells.length).length
  return shown.map(([scenario, members]) => {
    const marks = members.map(({ path }) => outcomes.get(path)?.outcome)
    const over = marks.filter(outcome => outcome !== undefined).length
    const count = `${String(over).padStart(digits)}/${String(members.length).padEnd(digits)}`
    const room = columns - name - count.length - 2
    return `${scenario.padEnd(name)} ${count} ${squeeze(marks, Math.max(room, 1))}`
  })
}

/** One mark a cell where they fit; else each mark stands for several, and shows the worst of them. */
function squeeze(marks: readonly (Played['outcome'] | undefined)[], room: number): string {
  const each = Math.ceil(marks.length / room)
  const groups = Array.from({ length: Math.ceil(marks.length / each) }, (_, at) =>
    marks.slice(at * each, (at + 1) * each),
  )
  return groups.map(worst).join('')
}

function worst(marks: readonly (Played['outcome'] | undefined)[]): string {
  const bad = (['fail', 'flaky', 'infra-error'] as const).find(outcome => marks.includes(outcome))
  if (bad !== undefined) return SYMBOLS[bad]
  return marks.includes(undefined) ? WAITING : SYMBOLS.pass
}
