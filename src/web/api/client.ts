import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { contract } from "./contract.ts";

/** oRPC's client reads only its own error form: a problem+json answer (RFC 9457) carries it as extension members. */
async function fetchWithProblems(request: Request, init: object): Promise<Response> {
  const answer = await fetch(request, { ...init, credentials: "same-origin" });
  if (!answer.headers.get("content-type")?.startsWith("application/problem+json")) return answer;
  const { defined, code, status, message, title, detail, data, at, fix } = await answer.json();
  const body = {
    defined: defined ?? false,
    code: code ?? "unknown",
    status: status ?? answer.status,
    message: message ?? detail ?? title ?? "",
    data: data ?? { at, fix },
  };
  return new Response(JSON.stringify(body), {
    status: answer.status,
    headers: { "content-type": "application/json" },
  });
}

const link = new OpenAPILink(contract, { url: `${location.origin}/api`, fetch: fetchWithProblems });

export const api: ContractRouterClient<typeof contract> = createORPCClient(link);

/** Query and mutation options of every endpoint. */
export const ask = createTanstackQueryUtils(api);
