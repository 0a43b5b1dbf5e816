import { isProcedure } from "@orpc/server";

export interface Endpoint {
  /** Where it stands in the contract, `devices.addUnits`. */
  name: string;
  method: string;
  path: string;
  can: string | undefined;
}

/** Every endpoint behind a router, however deep. */
export function endpointsOf(router: unknown, name: readonly string[] = []): Endpoint[] {
  if (isProcedure(router)) {
    const { route, meta } = router["~orpc"];
    const can = "can" in meta && typeof meta.can === "string" ? meta.can : undefined;
    return [{ name: name.join("."), method: route.method ?? "POST", path: route.path ?? `/${name.join("/")}`, can }];
  }
  if (router === null || typeof router !== "object") return [];
  return Object.entries(router).flatMap(([key, inner]) => endpointsOf(inner, [...name, key]));
}
