import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { escapeHtml } from "../../lib/html.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { REFERENCE_STYLE } from "./reference-style.ts";
import { styleNonce } from "./security.ts";
import { limitsText, shapeText } from "./shape-text.ts";

/** /api/openapi.json and, for people, the same as one page at /api: no script, nothing from elsewhere. */
export function mountReference(app: FastifyInstance, document: OpenApiDocument): void {
  const json = JSON.stringify(document);
  app.get("/api/openapi.json", { config: { can: "public" } }, (_, reply) => reply.type("application/json").send(json));
  app.get("/api", { config: { can: "public" } }, (_, reply) =>
    reply.type("text/html; charset=utf-8").send(referencePage(document, styleNonce(reply.raw))),
  );
}

const Content = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() }));
const Operation = z.looseObject({
  summary: z.string().default(""),
  tags: z.array(z.string()).default([]),
  "x-cordon-action": z.string().default(""),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().default(""),
        schema: z.unknown().optional(),
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: Content.optional() })),
});
type Operation = z.infer<typeof Operation>;

export function referencePage({ info, paths, components }: OpenApiDocument, nonce: string): string {
  const endpoints = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation: Operation.parse(operation) })),
  );
  const groups = [...Map.groupBy(endpoints, ({ operation }) => operation.tags[0] ?? "other")]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([tag, items]) => ({ tag, items: items.toSorted((a, b) => a.path.localeCompare(b.path)) }));
  const problem = z.looseObject({ Problem: z.unknown() }).safeParse(components?.schemas);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
<title>${escapeHtml(info.title)} API</title><style nonce="${nonce}">${REFERENCE_STYLE}</style></head><body>
<nav aria-label="Groups"><a class="home" href="/">${escapeHtml(info.title)}</a>${groups
    .map(
      ({ tag, items }) => `<a href="#${escapeHtml(tag)}">${escapeHtml(titled(tag))} <small>${items.length}</small></a>`,
    )
    .join("")}</nav><main>
<h1>${escapeHtml(info.title)} API <small>${escapeHtml(info.version)}</small></h1>
<p>${prose(info.description ?? "")}</p>
<p>The same for programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). A key is made under People, API keys:</p>
<pre tabindex="0">curl -H "Authorization: Bearer $CORDON_API_KEY" …/api/devices</pre>
${groups.map(({ tag, items }) => `<h2 id="${escapeHtml(tag)}">${escapeHtml(titled(tag))}</h2>${items.map(endpoint).join("\n")}`).join("\n")}
${problem.success ? `<h2 id="problem">A refusal</h2><pre tabindex="0">${escapeHtml(shapeText(problem.data.Problem))}</pre>` : ""}
</main></body></html>`;
}

function endpoint({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  const { summary, parameters, requestBody, responses } = operation;
  const answers = Object.entries(responses);
  const parts = [
    parameters.length === 0
      ? ""
      : `<h3>Parameters</h3><table><tbody>${parameters.map(parameter).join("")}</tbody></table>`,
    ...contents("Body", requestBody?.content),
    ...answers
      .filter(([status]) => status < "4")
      .flatMap(([status, { content }]) => contents(`Answer ${status}`, content)),
    `<h3>Refusals</h3><p class="refusals">${answers
      .filter(([status]) => status >= "4")
      .map(([status, { description }]) => `<a href="#problem">${escapeHtml(status)}</a> ${prose(description)}`)
      .join("<br>")}</p>`,
  ];
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>/api${escapeHtml(path)}</code>
<span class="summary">${escapeHtml(summary)}</span> <span class="action">${escapeHtml(operation["x-cordon-action"])}</span></summary>${parts.join("")}</details>`;
}

const parameter = ({ name, in: place, required, description, schema }: Operation["parameters"][number]): string =>
  `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(shapeText(schema))}${escapeHtml(limitsText(schema))}</td><td>${escapeHtml(
    [`in the ${place}`, required ? "needed" : "", description].filter((part) => part !== "").join(", "),
  )}</td></tr>`;

const contents = (title: string, content: z.infer<typeof Content> = {}): string[] =>
  Object.entries(content).map(
    ([type, { schema }]) =>
      `<h3>${escapeHtml(title)} <small>${escapeHtml(type)}</small></h3>${schema === undefined ? "" : `<pre tabindex="0">${escapeHtml(shapeText(schema))}</pre>`}`,
  );

const TITLES: Record<string, string> = {
  audit: "Ledger",
  files: "Files in and out",
  filters: "Saved filters",
  intel: "Threat intelligence",
  vex: "VEX",
  work: "Today and search",
};
const titled = (tag: string): string => TITLES[tag] ?? `${tag.charAt(0).toUpperCase()}${tag.slice(1)}`;

/** Text with `code` in it. */
const prose = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
