import type { CaseMessage, CaseState } from "../schema.ts";
import { type Html, html, paragraphs } from "./html.ts";

/** Each state as the reporter reads it. */
export const STATE_SENTENCE: Record<CaseState, string> = {
  received: "Received. Nobody has read it yet.",
  acknowledged: "A person has read your report.",
  triage: "We are finding out what it means.",
  confirmed: "We could see what you describe. It is a vulnerability.",
  rejected: "We do not see a vulnerability in it.",
  "fix-in-work": "A fix is being worked on.",
  "advisory-planned": "The fix is there; the advisory is being prepared.",
  published: "The advisory is published. Thank you.",
  closed: "Closed.",
};

export interface StatusFacts {
  slug: string;
  token: string;
  name: string;
  number: string;
  title: string;
  state: CaseState;
  stateSince: Date;
  embargoOn: string | null;
  messages: readonly CaseMessage[];
  wrong: string | null;
}

const day = (at: string | Date): string =>
  (typeof at === "string" ? new Date(at) : at).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** How a report stands, for whoever holds its link. */
export const statusPage = (facts: StatusFacts): Html => html`
<p class="soft">Report ${facts.number} to ${facts.name}</p>
<h1>${facts.title}</h1>
<p class="box"><strong>${STATE_SENTENCE[facts.state]}</strong><br><span class="soft">Since ${day(facts.stateSince)}</span>${
  facts.embargoOn !== null &&
  html`<br>We agreed to keep it to ourselves until <strong>${day(facts.embargoOn)}</strong>.`
}</p>
<h2>What was said</h2>
<ol class="steps">${facts.messages.map(messageOf)}</ol>
${facts.messages.length === 0 && html`<p class="soft">Nothing yet. Come back with this link.</p>`}
<h2>Write to us</h2>
<form method="post" action="/report/${facts.slug}/case/${facts.token}" enctype="multipart/form-data">
<label for="text">Your message</label>
${facts.wrong !== null && html`<p class="wrong" id="text-wrong" role="alert">${facts.wrong}</p>`}
<textarea id="text" name="text" required${facts.wrong !== null && html` aria-describedby="text-wrong" aria-invalid="true"`}></textarea>
<div class="trap" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<button type="submit">Send</button>
</form>
<p class="soft">Whoever has this page’s address can read it: keep it to yourself.</p>`;

const messageOf = ({ at, side, text }: CaseMessage): Html => html`<li>
<p class="soft">${side === "reporter" ? "You" : "We"}, ${day(at)}</p>
${side === "state" ? html`<p><strong>${STATE_SENTENCE[text as CaseState] ?? text}</strong></p>` : paragraphs(text)}
</li>`;

/** What a reporter sees after sending: the number, and the link that is shown this once. */
export const receivedPage = ({ name, number, link }: { name: string; number: string; link: string }): Html => html`
<h1>Thank you. Your report is ${number}.</h1>
<p>${name} has it now. Keep this link: it shows how your report stands, and there you can read and answer us.</p>
<p class="box"><a href="${link}">${link}</a></p>
<p class="soft">It is shown this once and only works for whoever has it.</p>`;

/** A refusal in words, with the way that is left. */
export const refusedPage = (title: string, reason: string, contactEmail: string | null): Html => html`
<h1>${title}</h1>
<p>${reason}</p>
${contactEmail !== null && html`<p>You can always write to <a href="mailto:${contactEmail}">${contactEmail}</a>.</p>`}`;
