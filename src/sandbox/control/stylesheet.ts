/** The look of the control page. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#fff, #1d2128);
  --ink: light-dark(#1b1f26, #e7eaef);
  --quiet: light-dark(#5a6270, #a0a8b5);
  --line: light-dark(#d5d9e0, #363c47);
  --accent: light-dark(#0b57b0, #7db4ff);
  --on-accent: light-dark(#fff, #0c1420);
  --danger: light-dark(#a3161e, #ff8f8f);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 64rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
h1 { font-size: 1.5rem; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
a { color: var(--accent); }
p { margin: .25rem 0 .75rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem; margin: 0 0 1rem; }
.ticks { min-width: 0; overflow-wrap: anywhere; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: .15rem 1rem; border: 0; padding: 0; margin: 0 0 .75rem; }
fieldset.group { border: 0; border-top: 1px solid var(--line); padding: .75rem 0 0; margin: 0 0 .5rem; min-width: 0; }
.group legend { float: left; width: 100%; padding: 0; font-weight: 600; }
.group legend + * { clear: both; }
.ticks legend { padding: 0; font-weight: 600; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: .75rem 1rem; margin: 0 0 1rem; align-items: end; }
.fields label { display: grid; gap: .2rem; }
label.wide { display: grid; gap: .2rem; margin: 0 0 .5rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0 0 .5rem; }
input:not([type=checkbox]), select, textarea { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .35rem; padding: .35rem .5rem; min-height: 2.4rem; min-width: 0; max-width: 100%; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; }
button { white-space: nowrap; font: inherit; border: 1px solid var(--accent); border-radius: .35rem; background: var(--accent); color: var(--on-accent); padding: .35rem .9rem; min-height: 2.4rem; cursor: pointer; }
button.plain { background: transparent; color: var(--accent); }
button.danger { background: transparent; border-color: var(--danger); color: var(--danger); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td .row { margin: 0; flex-wrap: nowrap; }
.named td { vertical-align: middle; }
.named td:first-child { width: 50%; }
.named td { overflow-wrap: anywhere; }
.named td:first-child input { flex: 1 1 auto; width: 100%; }
.row + .stacked, .named + .row { margin-top: .75rem; }
ul.counts { list-style: none; padding: 0; margin: 0 0 .75rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: .35rem 1rem; }
.tick { display: flex; gap: .45rem; align-items: baseline; }
.tick input { flex: none; align-self: center; }
table + form, .scroll + form { margin-top: .75rem; }
@media (max-width: 40rem) {
  .stacked thead { position: absolute; clip-path: inset(50%); }
  .stacked tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .stacked td { display: block; border: 0; padding: .05rem 0; }
  .named td:first-child { width: auto; }
  .named td + td { margin-top: .35rem; }
}
`
