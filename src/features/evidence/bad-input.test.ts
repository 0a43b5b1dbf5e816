import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, SAMPLES } from "../../../tests/support/evidence-samples.ts";
import { Fault } from "../../lib/fault.ts";
import { instantIn } from "./draft.ts";
import { readEvidence } from "./read-evidence.ts";
import { EvidenceSummary, TestFinding } from "./schema.ts";

const refusal = async (pieces: Iterable<Uint8Array>, expected: Parameters<typeof readEvidence>[1]["expect"] = null) => {
  try {
    await readEvidence(pieces, { name: "f", expect: expected });
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.at}: ${error.message}`;
    throw error;
  }
  return "read";
};
const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><testsuites>&lol2;</testsuites>`;

describe("bad evidence is refused with its place", () => {
  test.each([
    ["nothing", "", /^bad_input f: The file is empty/],
    ["a ZIP posing as SARIF", "PK\u0003\u0004report.sarif", /ZIP archive, whatever its name says/],
    ["an entity bomb", bomb, /^bad_input f:1:\d+: The XML has a DOCTYPE/],
    ["a DOCTYPE from outside", '<!DOCTYPE nmaprun SYSTEM "file:///etc/passwd"><nmaprun/>', /has a DOCTYPE/],
    ["deep XML", "<testsuites>".repeat(200), /^too_large f:1:\d+: The XML is nested deeper/],
    ["deep JSON", "[".repeat(5_000), /^too_large f:1:\d+: The JSON is nested deeper/],
    ["a web page", "<!-- x --><html><script>alert(1)</script></html>", /web page or an SVG/],
    [
      "SVG with script",
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      /web page or an SVG/,
    ],
    ["other XML", "<note>hello</note>", /XML \(<note>\) is of no kind/],
    ["other JSON", '{"a":1}', /This JSON is of no kind/],
    ["other text", "hello", /This text is of no kind/],
    ["broken XML", "<testsuites><testsuite>", /^bad_input f:1:\d+: This is not well-formed XML/],
    ["a repeated key", '{"version":"2.1.0","runs":[],"runs":[]}', /same key stands twice/],
    [
      "a pentest without a severity",
      "id,title,severity,place\n1,a,terrible,b\n",
      /^bad_input f:2: “terrible” is no severity/,
    ],
    [
      "a pentest finding without a title",
      "id,title,severity,place\n1,,high,b\n",
      /^bad_input f:2: The finding has no title/,
    ],
    ["a pentest with a foreign column", "id,title,severity,place,owner\n", /column that is not known: owner/],
    ["an open quote", 'id,title,severity,place\n1,"a,high,b\n', /^bad_input f:2: A quoted field never ends/],
  ])("%s", async (_, text, expected) => {
    expect(await refusal(bytesOf(text))).toMatch(expected);
  });

  test("gzip, a program and bytes without meaning", async () => {
    expect(await refusal([gzipSync("x")])).toMatch(/gzip archive/);
    expect(await refusal([Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2)])).toMatch(/program/);
    expect(await refusal([Uint8Array.of(1, 0, 2, 0, 3)])).toMatch(/no text/);
    expect(await refusal([Uint8Array.of(0x3c, 0xff, 0xff)])).toMatch(/not UTF-8/);
  });

  test("evidence of another type than was asked for, and a report with findings kept as a document", async () => {
    expect(await refusal(bytesOf(SAMPLES.junit), "sarif")).toBe(
      "bad_input f: This is not Code analysis (SARIF); it is Test results (JUnit XML).",
    );
    expect(await refusal(bytesOf(SAMPLES.sarif), "document")).toMatch(/it is Code analysis/);
    expect(await refusal(bytesOf("%PDF-1.7"))).toMatch(/A PDF is not read/);
    expect(await refusal(bytesOf("%PDF-1.7"), "sarif")).toMatch(/it is PDF/);
    expect(await refusal(bytesOf("%PDF-1.7"), "document")).toBe("read");
    expect(await refusal(bytesOf("minutes of a meeting"), "document")).toBe("read");
  });

  test("one text without end does not fill the memory", async () => {
    function* endless() {
      yield* bytesOf("<testsuites><testsuite><testcase><failure>");
      for (let i = 0; i < 200; i++) yield new Uint8Array(64 * 1024).fill(0x61);
    }
    expect(await refusal(endless())).toMatch(/^too_large f:.*longer than 8388608 characters/);
  });

  test("more findings than can be worked on", async () => {
    const one = '<testcase name="a"><failure/></testcase>';
    expect(await refusal(bytesOf(`<testsuite>${one.repeat(20_001)}</testsuite>`))).toMatch(/more than 20000 findings/);
  });
});

test.each([
  ["2026-10-05T08:11:02Z", "2026-10-05T08:11:02.000Z", true],
  ["2026-10-05T10:11:02+02:00", "2026-10-05T08:11:02.000Z", true],
  ["2026-10-05T10:11:02", "2026-10-05T10:11:02.000Z", false],
  ["2026-10-05 10:11:02", "2026-10-05T10:11:02.000Z", false],
  ["1791277200", "2026-10-06T09:00:00.000Z", true],
  ["Tue, 6 Oct 2026 10:00:00", "2026-10-06T10:00:00.000Z", false],
  ["Tue Oct  6 12:00:00 2026", "2026-10-06T12:00:00.000Z", false],
])("the time %s", (text, iso, zoned) => {
  const time = instantIn(text);
  expect([new Date(time?.ms ?? 0).toISOString(), time?.zoned]).toEqual([iso, zoned]);
});
test.each(["", "yesterday", "2026-13-01", "99999999999999", "Tue, 6 Foo 2026 10:00:00"])("%s is no time", (text) => {
  expect(instantIn(text)).toBeNull();
});

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 60 }),
  insert: fc.oneof(
    fc.constantFrom(
      "",
      "{",
      "}",
      "[",
      "]",
      '"',
      ",",
      "null",
      "-1",
      "1e999",
      "<",
      ">",
      "&#x0;",
      "</",
      "<!--",
      "\n",
      "\u0000",
      "=",
      "#",
    ),
    fc.string({ maxLength: 8 }),
  ),
});

async function readsOrRefuses(pieces: Uint8Array[]): Promise<void> {
  try {
    const facts = await readEvidence(pieces, { name: "f" });
    EvidenceSummary.parse(facts);
    for (const finding of facts.findings) TestFinding.parse(finding);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.at).toMatch(/^f/);
  }
}

test("samples with anything cut out and put in are read or refused with a Fault", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.values(SAMPLES)),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      (sample, edits) =>
        readsOrRefuses(
          bytesOf(
            edits.reduce((text, { at, remove, insert }) => {
              const start = Math.floor(at * text.length);
              return text.slice(0, start) + insert + text.slice(start + remove);
            }, sample),
          ),
        ),
    ),
    { numRuns: 2_000 },
  );
});

test("JSON samples with any value in any place are read or refused with a Fault", async () => {
  const json = [SAMPLES.sarif, SAMPLES.zapJson, SAMPLES.vdrJson, SAMPLES.spdxJson];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...json), fc.nat(), fc.jsonValue({ maxDepth: 3 }), (document, pick, value) => {
      let places = 0;
      JSON.parse(document, (_, item: unknown) => {
        places++;
        return item;
      });
      let seen = 0;
      const mutated = JSON.parse(document, (_, item: unknown) => (seen++ === pick % places ? value : item));
      return readsOrRefuses(bytesOf(JSON.stringify(mutated)));
    }),
    { numRuns: 2_000 },
  );
});

test("how a file is cut into pieces changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.values(SAMPLES)),
      fc.integer({ min: 1, max: 3_000 }),
      async (sample, size) => {
        const bytes = new TextEncoder().encode(sample);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const whole = await readEvidence([bytes], { name: "f" });
        expect({ ...(await readEvidence(pieces, { name: "f" })), problems: [] }).toEqual({ ...whole, problems: [] });
      },
    ),
    { numRuns: 150 },
  );
});
