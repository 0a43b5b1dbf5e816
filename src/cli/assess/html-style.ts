/** Calm, exact; colour only for state, and every state also has a word. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #dfe4ea; --paper: #ffffff; --tint: #f5f7f9;
  --red: #b3151b; --orange: #a84a00; --yellow: #7a5d00; --accent: #0b5c8c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa7b6; --line: #2d3743; --paper: #12171d; --tint: #1a2129;
  --red: #ff8a8a; --orange: #ffb074; --yellow: #e8cf6a; --accent: #7cc4f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { margin: 0 0 .25rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.15rem; }
p { margin: 0 0 .75rem; max-width: 60rem; }
.lead { font-size: 1.1rem; }
.quiet { color: var(--soft); font-size: .86rem; }
.warn { border-left: 4px solid var(--orange); padding: .5rem .9rem; background: var(--tint); }
.next { border-left: 4px solid var(--accent); padding: .5rem .9rem; background: var(--tint); font-weight: 600; }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; margin: 1.25rem 0; padding: 0; }
.tiles li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; min-width: 7rem; color: var(--soft); }
.tiles b { display: block; font-size: 1.6rem; line-height: 1.2; color: var(--ink); font-variant-numeric: tabular-nums; }
.tiles .exploited b, .tiles .critical b { color: var(--red); } .tiles .high b { color: var(--orange); } .tiles .zero b { color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: .82rem; }
th, td { padding: .5rem .7rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.n + :not(.n) { padding-left: 1.2rem; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.findings th:nth-child(1) { width: 17%; } .findings th:nth-child(2) { width: 17%; } .findings th:nth-child(3) { width: 11%; }
.findings th:nth-child(4) { width: 6%; } .findings th:nth-child(5) { width: 13%; }
.exploited { color: var(--red); font-weight: 600; }
.rating { font-weight: 600; } .rating.critical { color: var(--red); } .rating.high { color: var(--orange); } .rating.medium { color: var(--yellow); }
@media screen and (max-width: 50rem) { .findings thead { display: none; } .findings tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .findings td, .findings .n + td { display: block; border: 0; padding: .1rem 0; text-align: left; }
  .findings td[data-name]::before { content: attr(data-name) " "; color: var(--soft); } .tiles li { min-width: 5.5rem; padding: .35rem .7rem; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --tint: #fff; --red: #000; --orange: #000; --yellow: #000; --accent: #000; }
  main { max-width: none; padding: 0; } body { font-size: 10pt; } table, th, td .quiet { font-size: 8.5pt; } tr { break-inside: avoid; } thead { display: table-header-group; } h2 { break-after: avoid; } }
`;
