import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { type Light, lightOf } from "../../../features/security-file/views/light.ts";
import { ask } from "../../api/client.ts";

const isAdvisory = (what: string) => /^(CVE|GHSA|OSV|EUVD)-/i.test(what);

/** What is lit: an item of the file, a part of the SBOM, or the parts that an advisory was found in. */
export function useLight(file: SecurityFile, releaseId: string, what: string | undefined): Light | null {
  const asks = what !== undefined && isAdvisory(what);
  const findings = useQuery(
    ask.findings.list.queryOptions({ input: { releaseId, advisory: what ?? "", limit: 50 }, enabled: asks }),
  );
  return useMemo(() => {
    if (what === undefined) return null;
    if (!asks) return lightOf(file, what);
    const ids = new Set<string>();
    for (const { component } of findings.data?.items ?? [])
      for (const part of [component.purl ?? "", component.name])
        for (const id of lightOf(file, part)?.ids ?? []) ids.add(id);
    return ids.size === 0 ? null : { ids, name: what };
  }, [file, what, asks, findings.data]);
}
