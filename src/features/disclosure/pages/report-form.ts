import { type Html, html, paragraphs } from "./html.ts";

export interface FormFacts {
  slug: string;
  name: string;
  contactEmail: string;
  policy: string;
  hasKey: boolean;
  /** When it was opened, signed. */
  opened: string;
  values: Readonly<Record<string, string>>;
  wrong: readonly { field: string; reason: string }[];
}

interface Field {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
  lines?: "small" | "large";
  autocomplete?: string;
}

const FIELDS: readonly Field[] = [
  { name: "title", label: "What did you find?", hint: "In one line.", required: true },
  { name: "product", label: "In which product?", hint: "As its label or its screen names it.", required: true },
  { name: "version", label: "Which version?", hint: "Of the device or its software, as far as you know it." },
  {
    name: "reproduce",
    label: "How can it be seen?",
    hint: "Step by step, as you would tell a colleague. Please no data of patients. Text encrypted with OpenPGP is welcome.",
    required: true,
    lines: "large",
  },
  {
    name: "impact",
    label: "What could it do to a patient?",
    hint: "What you saw or fear. Leave it empty if you do not know.",
    lines: "small",
  },
  {
    name: "contact",
    label: "How can we reach you?",
    hint: "An e-mail address, for instance. Leave it empty to stay anonymous: you get a link where you can read and answer us.",
    autocomplete: "email",
  },
  {
    name: "creditWish",
    label: "Whom shall we thank in the advisory?",
    hint: "A name, or nothing.",
    autocomplete: "name",
  },
];

/** The policy, then the form. Errors stand first and at their field; what was typed is still there. */
export const reportForm = ({
  slug,
  name,
  contactEmail,
  policy,
  hasKey,
  opened,
  values,
  wrong,
}: FormFacts): Html => html`
<h1>Report a vulnerability to ${name}</h1>
${
  wrong.length > 0 &&
  html`<div class="wrong-box" role="alert"><p><strong>It was not sent yet.</strong> Please look at:</p><ul>${wrong.map(
    ({ field, reason }) => html`<li><a href="#${field}">${labelOf(field)}</a> ${reason}</li>`,
  )}</ul><p class="soft">Files have to be chosen again.</p></div>`
}
${wrong.length === 0 && paragraphs(policy)}
<p>You can also write to <a href="mailto:${contactEmail}">${contactEmail}</a>${
  hasKey && html`, encrypted with <a href="/report/${slug}/key.asc">our OpenPGP key</a>`
}. No account is needed.</p>
<h2 id="form">Your report</h2>
<form method="post" action="/report/${slug}" enctype="multipart/form-data">
<input type="hidden" name="opened" value="${opened}">
${FIELDS.map((field) => fieldOf(field, values[field.name] ?? "", wrong.find((one) => one.field === field.name)?.reason))}
<label for="attachment">Files</label>
<p class="hint" id="attachment-hint">Up to five, 5 MB each. They are stored sealed and are not opened by this server.</p>
<input type="file" id="attachment" name="attachment" multiple aria-describedby="attachment-hint">
<div class="trap" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<button type="submit">Send the report</button>
</form>
<p class="soft">What you send is read by the people of ${name} who look after product security, and by nobody else.</p>`;

const labelOf = (field: string): string => FIELDS.find(({ name }) => name === field)?.label ?? "Files";

function fieldOf({ name, label, hint, required, lines, autocomplete }: Field, value: string, wrong?: string): Html {
  const described = [hint !== undefined && `${name}-hint`, wrong !== undefined && `${name}-wrong`]
    .filter(Boolean)
    .join(" ");
  const attributes = html`id="${name}" name="${name}" aria-describedby="${described}"${required === true && html` required`}${
    wrong !== undefined && html` aria-invalid="true"`
  }${autocomplete !== undefined && html` autocomplete="${autocomplete}"`}`;
  return html`<label for="${name}">${label}${required !== true && html` <span class="soft">(optional)</span>`}</label>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${wrong !== undefined && html`<p class="wrong" id="${name}-wrong">${wrong}</p>`}
${
  lines === undefined
    ? html`<input ${attributes} value="${value}">`
    : html`<textarea ${attributes}${lines === "small" && html` class="small"`}>
${value}</textarea>`
}`;
}
