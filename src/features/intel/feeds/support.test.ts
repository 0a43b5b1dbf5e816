import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { feeds, readFeedText } from "../../../../tests/support/read-feed-text.ts";
import type { FeedItem } from "../read-document.ts";
import { SupportRecord } from "../schema.ts";

const supportIn = (items: readonly FeedItem[]) =>
  items.flatMap((item) => (item.type === "record" && item.record.kind === "support" ? [item.record.support] : []));
const problemsIn = (items: readonly FeedItem[]) => items.filter(({ type }) => type === "problem");

const product = (releases: string, more = "") =>
  `---\ntitle: Thing\npermalink: /thing\n${more}\nreleases:\n${releases}\n---\n\n> A thing.\n`;
const release = (eol: string) => `  - releaseCycle: "1.10"\n    releaseDate: 2024-01-02\n    eol: ${eol}\n`;

describe("endoflife.date: a product and its cycles", () => {
  test.each([
    ["2025-06-30", "2025-06-30"],
    ["true", "ended"],
    ["false", "open"],
    ["2025-06-30 # estimated", "2025-06-30"],
  ])("eol: %s is %s", async (written, read) => {
    const [record] = supportIn(await readFeedText(product(release(written))));
    expect(record?.cycles).toEqual([
      {
        cycle: "1.10",
        codename: null,
        releasedOn: "2024-01-02",
        activeUntil: null,
        securityUntil: read,
        extendedUntil: null,
        latest: null,
      },
    ]);
  });

  test.each([["soon"], ["2025-02-30"], ["[1]"]])("eol: %s is told, and the other cycles are read", async (written) => {
    const items = await readFeedText(product(`${release(written)}${release("false").replace("1.10", "1.11")}`));
    expect(problemsIn(items)).toHaveLength(1);
    expect(supportIn(items)[0]?.cycles.map(({ cycle }) => cycle)).toEqual(["1.11"]);
  });

  test("identifiers of both CPE forms are one product; what cannot be read is told; extended support keeps its name", async () => {
    const more = `eoesColumn: Maker <abbr title="x">LTS</abbr>
identifiers:
  - cpe: cpe:/a:maker:thing
  - cpe: cpe:2.3:a:Maker:Thing
  - cpe: cpe:2.3:a:maker:*
  - purl: pkg:npm/%40maker/thing
  - purl: thing
  - repology: maker-thing`;
    const items = await readFeedText(product(release("false"), more));
    expect(supportIn(items)[0]).toMatchObject({
      record: "thing",
      source: "endoflife.date",
      statedOn: "2024-01-02",
      cpes: ["maker:thing"],
      purls: ["pkg:npm/%40maker/thing"],
      names: ["Thing", "thing", "maker-thing"],
      extendedName: "Maker LTS",
    });
    expect(problemsIn(items).map((item) => "at" in item && item.at)).toEqual([
      "/identifiers/2/cpe",
      "/identifiers/4/purl",
    ]);
  });

  test("whatever the cycles hold, what is read has the shape of a record", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.dictionary(
            fc.constantFrom("releaseCycle", "releaseDate", "eol", "eoas", "eoes", "latest"),
            fc.oneof(fc.boolean(), fc.string(), fc.constant("2025-01-31"), fc.constant(null)),
          ),
        ),
        async (releases) => {
          const items = await readFeedText({ title: "T", permalink: "/t", releases });
          for (const record of supportIn(items)) expect(SupportRecord.safeParse(record).error).toBeUndefined();
          expect(supportIn(items)[0]?.cycles.length ?? 0).toBe(releases.length - problemsIn(items).length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("RustSec: a crate reported as unmaintained", () => {
  const crate = (more: string, versions = "patched = []") =>
    `\`\`\`toml\n[advisory]\nid = "RUSTSEC-2024-0001"\npackage = "thing"\ndate = "2024-01-02"\n${more}\n[versions]\n${versions}\n\`\`\`\n\n# It\n`;

  test.each<[string, string, number]>([
    ["unmaintained", 'informational = "unmaintained"', 1],
    ["unsound is no end of support", 'informational = "unsound"', 0],
    ["withdrawn", 'informational = "unmaintained"\nwithdrawn = "2024-02-01"', 0],
    ["a flaw", "", 0],
  ])("%s", async (_, more, count) => {
    const items = await readFeedText(crate(more));
    expect(supportIn(items)).toHaveLength(count);
    expect(items.filter((item) => item.type === "record" && item.record.kind === "advisory")).toHaveLength(1);
  });

  test("it says since when, and of which versions", async () => {
    const [record] = supportIn(await readFeedText(crate('informational = "unmaintained"', 'patched = [">= 2.0.0"]')));
    expect(record).toMatchObject({
      purls: ["pkg:cargo/thing"],
      statement: { level: "unmaintained", since: "2024-01-02", versions: { scheme: "cargo", everyVersion: false } },
    });
  });
});

const ENDED = "\n# List of packages whose security support ends before the distribution EOL\n\n# File format: …\n\n";
const LIMITED = "\n# List of packages where security support is limited\n\n";

describe("Debian's lists of source packages without full security support", () => {
  test.each<[line: string, name: string, isPrefix: boolean, since: string]>([
    ["xen   4.11.4+107-1    2021-08-28  https://xenbits.xen.org/", "xen", false, "2021-08-28"],
    ["wolfssl\t5.5.4-2+deb12u2\t\t2026-06-12", "wolfssl", false, "2026-06-12"],
    ["node-.*   0   2020-02-20  No support", "node-", true, "2020-02-20"],
  ])("ended: %s", async (line, name, isPrefix, since) => {
    const [record] = supportIn(await readFeedText(`${ENDED}${line}\n`, "security-support-ended.deb10"));
    expect(record).toMatchObject({ debian: { name, isPrefix, release: "10" }, statement: { level: "ended", since } });
  });

  test("a list of ended support that names no release is refused", async () => {
    const items = await readFeedText(`${ENDED}xen 4 2021-08-28\n`, "security-support-ended");
    expect(items).toMatchObject([{ type: "problem" }]);
  });

  test("limited: of every release, with the reason", async () => {
    const text = `${LIMITED}golang.*  See the release notes\nbinutils  Only suitable for trusted content\n`;
    expect(supportIn(await readFeedText(text, "security-support-limited"))).toMatchObject([
      { debian: { name: "golang", isPrefix: true, release: null }, statement: { level: "limited", since: null } },
      { statement: { said: "Debian gives limited security support: Only suitable for trusted content" } },
    ]);
  });

  test("a line that is none is told, and the rest is read", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 40 })), async (lines) => {
        const odd = lines.map((line) => line.replace(/[\r\n]/g, " "));
        const text = `${ENDED}${odd.join("\n")}\nxen 4 2021-08-28\n`;
        const records = supportIn(await readFeedText(text, "a.deb10"));
        expect(records.at(-1)?.debian?.name).toBe("xen");
        for (const record of records) expect(SupportRecord.safeParse(record).error).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test("both lists are known to one feed only", async () => {
    for (const text of [ENDED, LIMITED]) {
      const document = { path: "x", text: () => text, data: () => undefined };
      expect(feeds.filter((feed) => feed.recognise(document)).map(({ name }) => name)).toEqual(["debian-support"]);
    }
  });
});
