import * as z from "zod";
import type { Source } from "../source.ts";
import { cursorOf, jsonIn, textFrom } from "../source-parts/answers.ts";

const Cursor = z.object({ modified: z.string() });
const Index = z.object({ modified: z.string() });
const Listed = z.array(z.object({ id: z.string().regex(/^GO-\d{4}-\d{4,}$/), modified: z.string() }));
const MOST_CHANGES = 200;

/** The Go vulnerability database (go.dev/doc/security/vuln/database): an index says what changed since. */
export default {
  name: "go-vulndb",
  title: "Go vulnerability database",
  gives: "Advisories on Go modules and the standard library, reviewed by the Go team",
  publisher: "Go project",
  terms: "CC-BY-4.0",
  home: "https://vuln.go.dev",
  everyHours: 6,
  firstBytes: 5_000_000,
  bases: { database: "https://vuln.go.dev" },
  formats: ["osv"],
  async *read(tools, before) {
    const known = cursorOf(before, Cursor);
    const indexUrl = tools.at("database", "index/db.json");
    const { modified } = jsonIn(indexUrl, await textFrom(tools, indexUrl), Index);
    if (known?.modified === modified && tools.kept.size > 0) return yield { type: "reached", cursor: { modified } };
    const listUrl = tools.at("database", "index/vulns.json");
    const listed = jsonIn(listUrl, await textFrom(tools, listUrl), Listed);
    const changed = known === null ? null : listed.filter((one) => one.modified > known.modified);
    if (changed === null || changed.length > MOST_CHANGES || !tools.kept.has("vulndb.zip") || tools.kept.size > 2_000) {
      yield { type: "document", name: "vulndb.zip", url: tools.at("database", "vulndb.zip") };
      yield { type: "drop", where: (name) => name !== "vulndb.zip" };
    } else
      for (const { id } of changed)
        yield {
          type: "document",
          name: `${id}.json`,
          url: tools.at("database", `ID/${id}.json`),
          more: { optional: true },
        };
    yield { type: "reached", cursor: { modified } };
  },
} satisfies Source;
