import { Draft } from "../draft.ts";
import { defineText } from "../parser.ts";
import { countParts } from "../part-facts.ts";

/** SPDX 2.x tag-value: what it says of licences and hashes. */
export default defineText({
  recognises: (head) => /^(?:#[^\n]*\n|\s)*SPDXVersion:/.test(head),

  read(name, text) {
    const draft = new Draft(name, "bom-facts", "SPDX tag-value");
    const facts = countParts();
    let part: { licenses: string[]; hashes: string[] } | null = null;
    const close = () => {
      if (part !== null) facts.add(part);
      part = null;
    };
    for (const [, tag = "", value = ""] of text.matchAll(/^([A-Za-z]{1,40}):[ \t]*([^\r\n]*)/gm)) {
      if (tag === "SPDXVersion")
        draft.format = `SPDX ${value
          .trim()
          .replace(/^SPDX-/, "")
          .slice(0, 10)} tag-value`;
      if (tag === "DocumentName") draft.subject("artefact", value);
      if (tag === "Created") draft.performed(value, "Created");
      const tool = tag === "Creator" ? /^Tool:\s*(.*?)(?:-(\d[\w.+-]*))?\s*$/.exec(value) : null;
      if (tool !== null) draft.toolIs(tool[1] ?? null, tool[2] ?? null, null);
      if (tag === "PackageName" || tag === "FileName") close();
      if (tag === "PackageName") part = { licenses: [], hashes: [] };
      if (part === null) continue;
      if ((tag === "PackageLicenseConcluded" || tag === "PackageLicenseDeclared") && part.licenses.length < 100)
        part.licenses.push(value.trim());
      if (tag === "PackageChecksum" && part.hashes.length < 100) part.hashes.push(value.split(":")[0]?.trim() ?? "");
    }
    close();
    facts.tell(draft);
    return draft;
  },
});
