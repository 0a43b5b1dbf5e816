import { type Html, html } from "./html.ts";

const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #16202c; --soft: #556171; --line: #ccd4dd; --accent: #1d4fbf; --field: #fff; --bad: #a3161b; --tint: #f3f6fa; }
@media (prefers-color-scheme: dark) { :root { --paper: #11161d; --ink: #e8edf3; --soft: #a3afbd; --line: #394452; --accent: #8db4ff; --field: #171e27; --bad: #ff9c96; --tint: #1a222c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
p, ul, ol { margin: 0 0 1rem; } .words { white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--accent); } .soft { color: var(--soft); font-size: .9rem; }
label, legend { display: block; font-weight: 600; margin-top: 1.25rem; }
.hint { color: var(--soft); font-size: .9rem; margin: .1rem 0 .35rem; }
input, textarea { width: 100%; padding: .55rem .7rem; border: 1px solid var(--soft); border-radius: .4rem; background: var(--field); color: inherit; font: inherit; }
textarea { min-height: 7rem; resize: vertical; } textarea.small { min-height: 4.5rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button { margin-top: 1.75rem; padding: .65rem 1.4rem; border: 0; border-radius: .4rem; background: var(--accent); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
.wrong { color: var(--bad); font-weight: 600; margin: .1rem 0 .35rem; } .wrong-box { border: 2px solid var(--bad); border-radius: .4rem; padding: .9rem 1.1rem; margin: 1rem 0; }
.box { background: var(--tint); border: 1px solid var(--line); border-radius: .4rem; padding: .9rem 1.1rem; margin: 1rem 0; overflow-wrap: anywhere; }
.steps { list-style: none; padding: 0; } .steps li { border-left: 3px solid var(--line); padding: 0 0 1rem 1rem; } .steps li:last-child { padding-bottom: 0; }
.trap { position: absolute; left: -100vw; height: 1px; overflow: hidden; }
`;

/** A whole page for outsiders: nothing but text and one style sheet of its own, allowed by `nonce`; no script at all. */
export const page = (title: string, nonce: string, body: Html): string =>
  `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noarchive">
<title>${title}</title>
<style nonce="${nonce}">${{ markup: STYLE }}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.markup
  }`;
