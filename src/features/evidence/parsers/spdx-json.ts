import { member } from "../../../lib/json.ts";
import { Draft } from "../draft.ts";
import { objectsIn, textOf, textsIn } from "../json-texts.ts";
import { defineJson } from "../parser.ts";
import { countParts } from "../part-facts.ts";

/** SPDX 2.x JSON: what it says of licences and hashes. */
export default defineJson({
  recognises: (value) => /^SPDX-2\.\d$/.test(textOf(value, "spdxVersion") ?? ""),

  read(name, value) {
    const draft = new Draft(name, "bom-facts", `SPDX ${(textOf(value, "spdxVersion") ?? "").slice(5)} JSON`);
    const creation = member(value, "creationInfo");
    const tool = textsIn(member(creation, "creators"))
      .find((one) => one.startsWith("Tool:"))
      ?.slice(5)
      .trim();
    const [, toolName, version] = /^(.*?)(?:-(\d[\w.+-]*))?$/.exec(tool ?? "") ?? [];
    draft.toolIs(toolName ?? null, version ?? null, null);
    draft.performed(textOf(creation, "created"), "/creationInfo/created");
    draft.subject("artefact", textOf(value, "name"));
    const facts = countParts();
    for (const one of objectsIn(member(value, "packages")))
      facts.add({
        licenses: [textOf(one, "licenseConcluded"), textOf(one, "licenseDeclared")].flatMap((text) => text ?? []),
        hashes: objectsIn(member(one, "checksums")).map((sum) => textOf(sum, "algorithm") ?? "unknown"),
      });
    facts.tell(draft);
    return draft;
  },
});
