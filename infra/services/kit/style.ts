/** The look of every citizen page: one small sheet, no script, readable without it. Colours meet WCAG AA. */
export const styleSheet = `
:root { --ink: #16202a; --paper: #fff; --line: #c6ced6; --brand: #0b4f8a; --soft: #eef3f8; --bad: #a3161a; --good: #14632b }
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--paper); font: 1.0625rem/1.55 system-ui, "Noto Sans", "Noto Sans JP", sans-serif }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; border-bottom: 3px solid var(--brand) }
header strong { font-size: 1.2rem }
header nav { margin-left: auto; display: flex; flex-wrap: wrap; gap: 1rem }
footer { border-top: 1px solid var(--line); font-size: .95rem }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 1rem 0 }
h2 { font-size: 1.25rem; margin: 1.75rem 0 .5rem }
a { color: var(--brand) }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid #d97a00; outline-offset: 2px }
.skip { position: absolute; left: -100rem } .skip:focus { position: static }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .35rem 1.25rem } dt { font-weight: 600 } dd { margin: 0 }
label { display: block; font-weight: 600; margin: .9rem 0 .25rem }
input, select, textarea { font: inherit; width: 100%; max-width: 32rem; padding: .5rem .6rem; border: 1px solid #5d6b78; border-radius: 4px }
button, .button { display: inline-block; font: inherit; font-weight: 600; margin: 1rem .5rem 1rem 0; padding: .6rem 1.3rem; color: #fff; background: var(--brand); border: 0; border-radius: 4px; cursor: pointer; text-decoration: none }
button.second { color: var(--brand); background: var(--soft) }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; padding: 0; list-style: none }
.tile, .notice { border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1rem; background: var(--soft) }
.notice.bad { border-color: var(--bad); color: var(--bad); background: #fff } .notice.good { border-color: var(--good); color: var(--good); background: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #eef3f8; --paper: #111a22; --line: #40505f; --brand: #8cc4f5; --soft: #1b2833; --bad: #ff9a9c; --good: #8fdca6 }
  button, .button { color: #08131d } button.second { color: var(--brand) } .notice.bad, .notice.good { background: var(--paper) }
  input, select, textarea { color: var(--ink); background: #0b131a; border-color: #8a99a8 } }
`
