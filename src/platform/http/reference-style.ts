/** The reference page's looks: the colours of the pages (src/web/style/tokens.css), the machine's own letters. */
export const REFERENCE_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fff,#0f1318);--soft:light-dark(#f6f7f9,#161b22);--line:light-dark(#e4e7ec,#262d38);
--ink:light-dark(#131820,#e9ecf1);--ink-3:light-dark(#5d6776,#939dac);--accent:light-dark(#1d4fb8,#8fb0f2)}
*{box-sizing:border-box}
body{margin:0;display:grid;grid-template-columns:14rem minmax(0,1fr);background:var(--paper);color:var(--ink);
font:15px/1.55 "Inter Variable",Inter,system-ui,sans-serif}
nav{position:sticky;top:0;height:100dvh;overflow:auto;padding:1.5rem 1rem;background:var(--soft);border-right:1px solid var(--line)}
nav a{display:flex;justify-content:space-between;padding:.35rem .6rem;border-radius:6px;color:inherit;text-decoration:none}
nav a:hover{background:var(--line)}
nav .home{font-weight:650;font-size:1.1rem;margin-bottom:1rem}
main{max-width:68rem;padding:2rem 2.5rem 6rem}
a{color:var(--accent)}
h1{font-size:1.75rem;margin:0 0 .5rem}
h1 small,h3 small,nav small,.action,td{color:var(--ink-3);font-weight:400}
h2{font-size:1.1rem;margin:2.5rem 0 .5rem;scroll-margin-top:1rem}
h3{font-size:.85rem;margin:1rem 0 .3rem}
code,pre,.action{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
summary code{overflow-wrap:anywhere}
details{border-top:1px solid var(--line)}
details[open]{padding-bottom:1.2rem}
summary{display:grid;grid-template-columns:4.5rem minmax(0,5fr) minmax(0,6fr) 11rem;gap:0 1rem;align-items:baseline;
padding:.55rem .4rem;cursor:pointer;list-style:none}
.action{text-align:right;overflow-wrap:anywhere}
summary:hover{background:var(--soft)}
summary b{font-size:.75rem;letter-spacing:.03em}
summary b.get{color:var(--ink-3)}
summary b:not(.get){color:var(--accent)}
pre{overflow:auto;max-height:30rem;margin:.3rem 0;padding:.9rem 1rem;background:var(--soft);border:1px solid var(--line);border-radius:8px;line-height:1.5}
table{border-collapse:collapse}
th,td{padding:.15rem 1.2rem .15rem 0;text-align:left;vertical-align:top}
.refusals{margin:0;color:var(--ink-3);font-size:.9em}
@media(max-width:60rem){body{display:block}nav{position:static;height:auto;display:flex;flex-wrap:wrap;border:0;border-bottom:1px solid var(--line)}
nav small{margin-left:.4rem}main{padding:1.5rem 1rem 4rem}summary{grid-template-columns:4.5rem minmax(0,1fr)}.summary{grid-column:2}.action{grid-column:2;text-align:left}}
@media print{nav{display:none}body{display:block}}`;
