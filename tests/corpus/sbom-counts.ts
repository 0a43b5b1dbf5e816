/** Parts of an SBOM counted in the plainest way there is, to hold the readers against. Null: not countable this way. */
export function countParts(text: string): number | null {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (start.startsWith("{")) return countInJson(JSON.parse(start));
  if (start.startsWith("<")) return countInXml(start);
  return start
    .replaceAll(/<text>[\s\S]*?<\/text>/g, "")
    .split(/[\r\n]+/)
    .filter((line) => /^(?:PackageName|FileName):/.test(line)).length;
}

// biome-ignore lint/suspicious/noExplicitAny: this stays naive on purpose
function countInJson(document: any): number | null {
  if (document.sbom !== undefined) return countInJson(document.sbom);
  if (document["@graph"] !== undefined) {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return document["@graph"].filter((element: any) => /Package$|_File$/.test(element.type)).length;
  }
  if (document.spdxVersion !== undefined) return (document.packages?.length ?? 0) + (document.files?.length ?? 0);
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const nested = (owner: any): number =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    (owner?.components ?? []).reduce((sum: number, component: any) => sum + 1 + nested(component), 0);
  return nested(document) + nested(document.metadata?.component);
}

/** Opening tags of components, less those that are tools, ancestors, evidence and the like, and the subject. */
function countInXml(text: string): number {
  const parts = text
    .replaceAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, "")
    .replaceAll(
      /<(tools|pedigree|evidence|formulation|annotations|vulnerabilities|declarations|compositions)(?:\s[^>]*[^/])?>[\s\S]*?<\/\1>/g,
      "",
    );
  const components = parts.match(/<component[\s>/]/g)?.length ?? 0;
  return components - (/<metadata>[\s\S]*?<component[\s>][\s\S]*?<\/metadata>/.test(parts) ? 1 : 0);
}
