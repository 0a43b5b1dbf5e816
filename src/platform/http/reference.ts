import type { FastifyInstance } from "fastify";
import type { OpenApiDocument } from "./openapi.ts";
import { styleNonce } from "./security.ts";

/** /api/openapi.json and, for people, the same as one page at /api: no script, nothing from elsewhere. */
export function mountReference(app: FastifyInstance, document: OpenApiDocument): void {
  const json = JSON.stringify(document);
  app.get("/api/openapi.json", { config: { can: "public" } }, (_, reply) => reply.type("application/json").send(json));
  app.get("/api", { config: { can: "public" } }, (_, reply) =>
    reply.type("text/html; charset=utf-8").send(referencePage(document, styleNonce(reply.raw))),
  );
}

export function referencePage({ info, paths }: OpenApiDocument, nonce: string): string {
  const groups = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      const tag = String(Array.isArray(operation.tags) ? operation.tags[0] : "other");
      groups.set(tag, [...(groups.get(tag) ?? []), endpoint(method, path, operation)]);
    }
  const sections = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([tag, items]) => `<h2>${html(tag)}</h2>${items.join("")}`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(info.title)} API</title><style nonce="${nonce}">${STYLE}</style></head><body><main>
<h1>${html(info.title)} API <small>${html(info.version)}</small></h1>
<p>${html(info.description ?? "")}</p>
<p>The same for programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Sign in with a session cookie, or send an API key as <code>Authorization: Bearer</code>.</p>
${sections.join("\n")}</main></body></html>`;
}

function endpoint(method: string, path: string, operation: Record<string, unknown>): string {
  const parts = [
    part("Parameters", operation.parameters),
    part("Body", operation.requestBody),
    part("Answers", operation.responses),
  ];
  return `<details><summary><b>${html(method.toUpperCase())}</b> <code>/api${html(path)}</code> ${html(String(operation.summary ?? ""))}
<span>${html(String(operation["x-cordon-action"] ?? ""))}</span></summary>${parts.join("")}</details>`;
}

const part = (title: string, value: unknown): string =>
  value === undefined || (Array.isArray(value) && value.length === 0)
    ? ""
    : `<h3>${title}</h3><pre tabindex="0">${html(JSON.stringify(value, null, 2))}</pre>`;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const html = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1 small{font-weight:400}details{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:.4rem 0}
summary{cursor:pointer}summary b{display:inline-block;min-width:4.5rem}summary span{float:right;font-family:ui-monospace,monospace;font-size:.85em}
pre{overflow:auto;max-height:24rem;padding:1rem;background:color-mix(in srgb,currentColor 6%,transparent);border-radius:6px;font-size:.85em}`;
