/** The page's looks: light and dark by the reader's wish, readable from a phone's width up. */
export const STYLE = `
:root { color-scheme: light dark; --bg: light-dark(#fff, #16181d); --fg: light-dark(#1b1f24, #e6e8ec);
  --soft: light-dark(#f3f4f6, #21242b); --line: light-dark(#cfd4dc, #3a3f4a); --muted: light-dark(#525a66, #a3abb8);
  --link: light-dark(#0a58ca, #7fb2ff); --pass: light-dark(#12703a, #5ecf8c); --fail: light-dark(#b3141d, #ff8a8a);
  --known: light-dark(#8a5200, #f0b45a); --odd: light-dark(#6a34b5, #c9a3ff); --passbg: light-dark(#e2f5e9, #173525);
  --failbg: light-dark(#fde5e6, #471b1f); --knownbg: light-dark(#fff1d6, #40300f); --oddbg: light-dark(#f0e7fd, #33234d); }
:root[data-theme=light] { color-scheme: light } :root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 0 1rem 4rem; max-width: 90rem; background: var(--bg); color: var(--fg);
  font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem; margin: 1rem 0 .25rem } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
a { color: var(--link) } p { margin: .25rem 0 } .muted { color: var(--muted) }
code, pre, .mono { font: .85rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere }
button, input, select { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line);
  border-radius: .4rem; padding: .3rem .6rem; min-height: 2.25rem }
button { cursor: pointer } :focus-visible { outline: 3px solid var(--link); outline-offset: 1px }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline } header > :first-child { flex: 1 1 20rem }
.verdict { font-weight: 700; padding: .1rem .6rem; border-radius: 1rem }
.filters { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem; padding: .6rem 0;
  background: var(--bg); border-bottom: 1px solid var(--line) }
.filters label { display: flex; align-items: center; gap: .4rem } .filters input[type=search] { flex: 1 1 12rem; min-width: 8rem }
.outcomes { display: flex; flex-wrap: wrap; gap: .3rem } .outcomes button[aria-pressed=false] { opacity: .55; text-decoration: line-through }
[role=tablist] { display: flex; gap: .3rem; margin-top: 1rem; flex-wrap: wrap } [role=tab][aria-selected=true] { border-color: var(--link);
  box-shadow: inset 0 -3px var(--link) }
.matrix { columns: 30rem; column-gap: 2rem }
.matrix section { min-width: 0; break-inside: avoid; padding-top: .1rem } .matrix h2 { margin-top: 1.2rem } h2 small { font-weight: normal; color: var(--muted) }
.scroll { overflow-x: auto; max-width: 100% } table { border-collapse: collapse } caption { text-align: left }
th, td { border-bottom: 1px solid var(--line); padding: .15rem .4rem; text-align: left; vertical-align: middle }
thead th { font-weight: 600; max-width: 5.5rem; text-align: center } thead th:first-child { text-align: left } tbody th { font-weight: 400; min-width: 12rem; max-width: 34rem; overflow-wrap: anywhere }
tbody th small { display: block; color: var(--muted) } td { text-align: center }
.cell { width: 2.6rem; min-height: 1.7rem; padding: 0; border-color: transparent; font-weight: 700 }
.pass { color: var(--pass); background: var(--passbg) } .fail { color: var(--fail); background: var(--failbg) }
.xfail { color: var(--known); background: var(--knownbg) }
.xpass, .flaky, .infra-error { color: var(--odd); background: var(--oddbg) }
.skipped, .unsupported { color: var(--muted); background: var(--soft) }
.list { list-style: none; padding: 0 } .list li { border-bottom: 1px solid var(--line); padding: .4rem 0 }
.list button { text-align: left; width: 100%; background: none; border: 0; min-height: 0; padding: 0; color: var(--link);
  overflow-wrap: anywhere }
.tag { font-size: .8rem; font-weight: 700; padding: 0 .4rem; border-radius: .3rem }
dialog { width: min(60rem, 100vw); max-width: 100vw; max-height: 100dvh; height: 100dvh; margin: 0 0 0 auto; border: 0;
  border-left: 1px solid var(--line); padding: 1rem; background: var(--bg); color: var(--fg) }
dialog::backdrop { background: #0008 } dialog .top { display: flex; gap: 1rem; justify-content: space-between; align-items: start }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dt { color: var(--muted) } dd { margin: 0; overflow-wrap: anywhere }
pre { background: var(--soft); padding: .6rem; border-radius: .4rem; overflow: auto; max-height: 26rem; white-space: pre-wrap; margin: .3rem 0 }
.spark rect.pass { fill: var(--pass) } .spark rect.fail { fill: var(--fail) } .spark rect.xfail { fill: var(--known) }
.spark rect.xpass, .spark rect.flaky, .spark rect.infra-error { fill: var(--odd) }
.spark rect.skipped, .spark rect.unsupported, .spark rect.absent { fill: var(--line) }
nav.names { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .5rem 0 } thead a, .pairs a { color: inherit }
.page { max-width: 60rem } #implementations { padding-top: 1rem } .page h2:focus { outline: none } .page h3 { margin-top: 1.5rem } h4 { font-size: 1rem; margin: 0 }
.page ul { padding-left: 1.2rem } .page ul.list { padding: 0 } .page details ul { list-style: none; padding: 0 } .page details button { background: none; border: 0;
  color: var(--link); text-align: left; overflow-wrap: anywhere } .fault { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: .6rem 0 }
.told { position: fixed; bottom: 1rem; left: 50%; transform: translateX(-50%); max-width: 90vw; margin: 0; background: var(--fg); color: var(--bg); border-radius: .5rem }
.told:not(:empty) { padding: .4rem .9rem }
[hidden] { display: none !important }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr } tbody th { min-width: 9rem; max-width: 11rem; font-size: .9rem }
  .filters { position: static } }
`
