/**
 * What the page does: filters, tabs, moving among the cells by arrow keys, and a cell's details. Plain JavaScript for
 * browsers; the matrix itself is in the page's HTML, and the details in its JSON.
 */
export const SCRIPT = `
const $ = (selector, from = document) => from.querySelector(selector)
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)]
const data = JSON.parse($('#data').textContent)
const byPath = new Map(data.cells.map(cell => [cell.path, cell]))
const cells = $$('button.cell')
const dialog = $('dialog')

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

const hiddenOutcomes = new Set()
function applyFilter() {
  const words = $('#search').value.toLowerCase().split(/\\s+/).filter(Boolean)
  const implementation = $('#implementation').value
  const shown = new Set()
  for (const cell of data.cells) {
    const text = (cell.path + ' ' + cell.title + ' ' + cell.outcome).toLowerCase()
    const plays = implementation === '' || Object.values(cell.cast).includes(implementation)
    if (plays && !hiddenOutcomes.has(cell.outcome) && words.every(word => text.includes(word))) shown.add(cell.path)
  }
  for (const button of $$('[data-path]').filter(other => other.closest('.page') === null)) (button.closest('li') ?? button).hidden = !shown.has(button.dataset.path)
  for (const row of $$('.matrix tbody tr')) row.hidden = $$('button.cell', row).every(button => button.hidden)
  for (const section of $$('.matrix section')) section.hidden = $$('tbody tr', section).every(row => row.hidden)
  for (const table of $$('table.grid')) rove(table, $$('button.cell', table).find(button => !button.hidden))
  $('#shown').textContent = shown.size + ' of ' + data.cells.length + ' cells shown'
}

function rove(table, current) {
  for (const button of $$('button.cell', table)) button.tabIndex = button === current ? 0 : -1
}

function move(button, down, right) {
  const rows = $$('tbody tr', button.closest('table')).filter(row => !row.hidden)
  const columns = [...button.closest('tr').children]
  let row = rows.indexOf(button.closest('tr'))
  let column = columns.indexOf(button.closest('td'))
  for (;;) {
    row += down
    column += right
    const place = rows[row]?.children[column]
    if (place === undefined || place.tagName === 'TH') return
    const next = $('button.cell', place)
    if (next && !next.hidden) {
      rove(button.closest('table'), next)
      next.focus()
      return
    }
  }
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
document.addEventListener('keydown', event => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)
  if (event.target.matches?.('button.cell') && event.key in ARROWS) {
    event.preventDefault()
    move(event.target, ...ARROWS[event.key])
  } else if (event.key === '/' && !typing && !dialog.open) {
    event.preventDefault()
    $('#search').focus()
  } else if (event.key === 'n' && !typing && !event.ctrlKey && !event.metaKey) {
    const failed = $$('#attention [data-path]').filter(button => !button.closest('li').hidden)
    const at = failed.findIndex(button => button.dataset.path === dialog.dataset.path)
    const next = failed[(at + 1) % failed.length]
    if (next) open(next.dataset.path)
  }
})

function facts(pairs) {
  const list = element('dl')
  for (const [name, value] of pairs) {
    if (value !== undefined && value !== '') list.append(element('dt', {}, name), element('dd', {}, value))
  }
  return list
}

function spark(outcomes) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const last = outcomes.slice(-60)
  svg.setAttribute('class', 'spark')
  svg.setAttribute('width', last.length * 6)
  svg.setAttribute('height', 18)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', 'outcomes of the last ' + last.length + ' runs, oldest first: ' + last.map(each => each ?? 'absent').join(', '))
  for (const [index, outcome] of last.entries()) {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    rect.setAttribute('class', outcome ?? 'absent')
    rect.setAttribute('x', index * 6)
    rect.setAttribute('width', 5)
    const low = outcome === undefined || outcome === 'skipped' || outcome === 'unsupported'
    rect.setAttribute('y', low ? 12 : 2)
    rect.setAttribute('height', low ? 4 : 14)
    svg.append(rect)
  }
  return svg
}

// what the address says while no cell is open
let place = ''

function open(path) {
  const cell = byPath.get(path)
  const { failure, blame, attempts, evidence, past, files } = cell
  const replay = "npm run scenarios -- --replay '" + path + "'"
  const body = $('#details')
  body.replaceChildren(
    element('h2', { id: 'details-title' }, element('span', { class: 'tag ' + cell.outcome }, cell.outcome), ' ' + cell.scenario + '/' + cell.check),
    element('p', {}, cell.title),
    facts([
      ['what', failure?.what],
      ['expected', failure?.expected],
      ['got', failure?.got],
      ['reason', cell.reason],
      ['points at', blame && blame.suspects.join(', ') + ': ' + blame.because],
      ['cast', element('span', {}, ...Object.entries(cell.cast).flatMap(([role, name], index) => [(index > 0 ? ', ' : '') + role + ' ', element('a', { href: '#implementation:' + name }, name)]))],
      ['stack', cell.stack],
      ['took', cell.durationMs + ' ms'],
      ['attempts', attempts && attempts.map(({ outcome, durationMs }) => outcome + ' in ' + durationMs + ' ms').join(', ')],
      ['first bad run', past?.firstBad && past.firstBad.startedAt.slice(0, 10) + (past.firstBad.changed.length ? ', when ' + past.firstBad.changed.join(', ') : '')],
      ['replay', element('code', {}, replay)],
    ]),
  )
  if (past) body.append(element('h3', {}, 'History'), spark(past.outcomes))
  for (const [name, text] of Object.entries(files ?? {})) {
    body.append(element('h3', {}, name), element('pre', { tabindex: '0', 'aria-label': name }, text))
  }
  if (evidence) {
    const links = ['transcript.jsonl', 'timeline.log', 'output.log', 'replay.txt'].map(name => element('a', { href: evidence + '/' + name }, name))
    body.append(element('h3', {}, 'Files'), element('p', {}, ...links.flatMap(link => [link, ' '])))
  }
  dialog.dataset.path = path
  if (!dialog.open) dialog.showModal()
  dialog.scrollTop = 0
  history.replaceState(null, '', '#' + encodeURIComponent(path))
}

document.addEventListener('click', event => {
  const path = event.target.closest('[data-path]')?.dataset.path
  if (path !== undefined && event.target.closest('dialog') === null) open(path)
  if (event.target === dialog) dialog.close()
})
$('#close').addEventListener('click', () => dialog.close())
const closing = () => history.replaceState(null, '', location.pathname + location.search + place)
dialog.addEventListener('close', () => { if (byPath.has(decodeURIComponent(location.hash.slice(1)))) closing() })

const tabs = $$('[role=tab]')
function select(tab) {
  place = ''
  show(undefined)
  $('.filters').hidden = tab.id === 'tab-implementations'
  for (const other of tabs) {
    other.setAttribute('aria-selected', String(other === tab))
    other.tabIndex = other === tab ? 0 : -1
    $('#' + other.getAttribute('aria-controls')).hidden = other !== tab
  }
}

/** Shows an implementation's page, or for undefined the list of them. */
function show(name) {
  $('#overview').hidden = name !== undefined
  for (const page of $$('.page')) page.hidden = page.id !== 'page-' + name
}

/** Goes where the address says. */
function route() {
  const target = decodeURIComponent(location.hash.slice(1))
  if (byPath.has(target)) return open(target)
  const name = target.startsWith('implementation:') ? target.slice('implementation:'.length) : undefined
  // back to where nothing was said
  if (target === '' && place !== '') return select(tabs[0])
  if (target !== 'implementations' && !(name in data.markdown)) return
  if (dialog.open) dialog.close()
  select($('#tab-implementations'))
  place = location.hash
  show(name)
  if (name === undefined) return $('#tab-implementations').focus()
  document.getElementById('title-' + name).focus({ preventScroll: true })
  scrollTo(0, 0)
}
window.addEventListener('hashchange', route)

/** Tells something that is gone again soon. */
let forgetting
function tell(text) {
  $('#told').textContent = text
  clearTimeout(forgetting)
  forgetting = setTimeout(() => { $('#told').textContent = '' }, 4000)
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // browsers that keep the clipboard from files have the older way
    const area = element('textarea', { 'aria-hidden': 'true' })
    area.value = text
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    if (!copied) throw new Error('the browser does not allow it')
  }
}

for (const button of $$('[data-copy]')) {
  button.addEventListener('click', async () => {
    const { copy: name, fault } = button.dataset
    const { whole, faults } = data.markdown[name]
    try {
      await copy(fault === undefined ? whole : faults[fault])
      tell('Copied.')
    } catch (error) {
      tell('Not copied, ' + error.message + ': the text is in implementations/' + name + '.md')
    }
    button.focus()
  })
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => {
    select(tab)
    closing()
  })
  tab.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = tabs[(index + step + tabs.length) % tabs.length]
    select(next)
    closing()
    next.focus()
  })
}
for (const button of $$('[data-pair]')) {
  button.addEventListener('click', () => {
    $('#search').value = button.dataset.pair
    applyFilter()
    select(tabs[0])
    closing()
    tabs[0].focus()
  })
}
for (const button of $$('[data-outcome]')) {
  button.addEventListener('click', () => {
    const hide = button.getAttribute('aria-pressed') === 'true'
    button.setAttribute('aria-pressed', String(!hide))
    hiddenOutcomes[hide ? 'add' : 'delete'](button.dataset.outcome)
    applyFilter()
  })
}
$('#search').addEventListener('input', applyFilter)
$('#implementation').addEventListener('change', applyFilter)

const THEMES = ['auto', 'light', 'dark']
function theme(name) {
  if (name === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = name
  $('#theme').textContent = 'theme: ' + name
  $('#theme').dataset.now = name
  try { localStorage.setItem('p2pd-theme', name) } catch {}
}
$('#theme').addEventListener('click', () => theme(THEMES[(THEMES.indexOf($('#theme').dataset.now) + 1) % THEMES.length]))
let wanted = 'auto'
try { wanted = localStorage.getItem('p2pd-theme') ?? 'auto' } catch {}
theme(THEMES.includes(wanted) ? wanted : 'auto')

applyFilter()
route()
`
