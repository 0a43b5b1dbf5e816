import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayBecome, nextStates } from "./case-state.ts";
import { slugOf } from "./intake/proposed.ts";
import { addressBucket, houseOf, signOpened, tookMs } from "./opened-at.ts";
import { html, paragraphs } from "./pages/html.ts";
import { reportForm } from "./pages/report-form.ts";
import { plainName, readForm } from "./read-form.ts";
import { CASE_STATES, type CaseState, IntakeSettings, REPORT_LIMITS } from "./schema.ts";
import { securityTxt } from "./security-txt.ts";

describe("a case", () => {
  test.each<[CaseState, CaseState, boolean]>([
    ["received", "acknowledged", true],
    ["received", "published", false],
    ["triage", "confirmed", true],
    ["confirmed", "closed", false],
    ["rejected", "triage", true],
    ["advisory-planned", "published", true],
    ["published", "closed", true],
    ["closed", "triage", true],
    ["closed", "received", false],
  ])("%s to %s: %s", (from, to, may) => expect(mayBecome(from, to)).toBe(may));

  test("can be closed from every state, in some steps, and never stands still by a step", () => {
    for (const start of CASE_STATES) {
      const seen = new Set<CaseState>([start]);
      for (const state of seen) for (const next of nextStates(state)) seen.add(next);
      expect(seen.has("closed"), start).toBe(true);
      expect(nextStates(start)).not.toContain(start);
    }
  });
});

describe("security.txt (RFC 9116)", () => {
  const intake = {
    form: "https://cordon.example/report/acme",
    email: "psirt@acme.example",
    languages: ["en"],
    key: null,
  };
  const facts = { canonical: "https://cordon.example/.well-known/security.txt", now: new Date("2026-11-24T06:00:00Z") };

  test("has every field that must be there, Expires once and in the future but within a year", () => {
    const text = securityTxt([intake, { ...intake, key: `${intake.form}/key.asc`, languages: ["de", "en"] }], facts);
    const lines = text.trimEnd().split("\n");
    const values = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    expect(values("Contact")).toHaveLength(4);
    expect(values("Preferred-Languages")).toEqual(["en, de"]);
    expect(values("Encryption")).toEqual(["https://cordon.example/report/acme/key.asc"]);
    const [expires = "", ...more] = values("Expires");
    expect(more).toEqual([]);
    const days = (Date.parse(expires) - facts.now.getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(150);
    expect(days).toBeLessThan(365);
    expect(expires).toMatch(/^\d{4}-\d\d-\d\dT00:00:00Z$/);
  });

  test("takes fields from other parts, and no value begins a line of its own", () => {
    const more = [{ name: "CSAF" as const, value: "https://cordon.example/x\r\nContact: mailto:evil@example.org" }];
    const text = securityTxt([intake], { ...facts, more });
    expect(text.split("\n").filter((line) => line.startsWith("Contact: mailto:evil"))).toEqual([]);
    expect(text).toContain("CSAF: https://cordon.example/x");
  });
});

describe("what outsiders write", () => {
  const form = (fields: Record<string, string>, files: File[] = []) => {
    const data = new FormData();
    for (const [name, text] of Object.entries(fields)) data.set(name, text);
    for (const file of files) data.append("attachment", file);
    return data;
  };
  const right = { title: "Found", product: "Pump", reproduce: "Look." };
  const anything = fc.string({ unit: "binary", maxLength: 300 });

  test("any text is read or refused by field; what is refused is given back as it was typed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ title: anything, product: anything, reproduce: anything, contact: anything }),
        async (fields) => {
          const read = await readForm(form(fields));
          if (read.ok) {
            expect(read.report.title.trim()).not.toBe("");
            expect(read.report.title).not.toMatch(/[\r\n]/);
          } else {
            expect(read.wrong.length).toBeGreaterThan(0);
            for (const { field } of read.wrong) expect([...Object.keys(fields), "attachment"]).toContain(field);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("no text leaves its place in a page: no tag, no attribute, no entity of its own", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { markup } = reportForm({
          ...{
            slug: "acme",
            name: text,
            contactEmail: text,
            policy: text,
            hasKey: true,
            opened: text,
            values: { title: text },
          },
          wrong: [{ field: "title", reason: text }],
        });
        const plain = reportForm({
          ...{ slug: "acme", name: "", contactEmail: "", policy: "", hasKey: true, opened: "", values: { title: "" } },
          wrong: [{ field: "title", reason: "" }],
        }).markup;
        for (const sign of ["<", '"']) expect(markup.split(sign).length).toBe(plain.split(sign).length);
      }),
      { numRuns: 300 },
    );
    expect(html`${`<script>"'&`}`.markup).toBe("&lt;script&gt;&quot;&#39;&amp;");
    expect(html`${paragraphs("a\n\n<b>")}`.markup).toBe('<p class="words">a</p><p class="words">&lt;b&gt;</p>');
  });

  test.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\trace.pcap", "trace.pcap"],
    ["..", "_"],
    ['x"\r\ny.txt', "x___y.txt"],
    ["", "file"],
    ["messung größe.txt", "messung größe.txt"],
  ])("a file named %j is called %j", (name, plain) => expect(plainName(name)).toBe(plain));

  test("too many or too large files are refused, empty ones are none", async () => {
    const small = new File(["x"], "a.txt");
    const many = await readForm(
      form(
        right,
        Array.from({ length: REPORT_LIMITS.attachments + 1 }, () => small),
      ),
    );
    expect(many).toMatchObject({ ok: false, wrong: [{ field: "attachment" }] });
    const large = new File([new Uint8Array(REPORT_LIMITS.attachmentBytes + 1)], "b.bin");
    expect(await readForm(form(right, [large]))).toMatchObject({ ok: false, wrong: [{ field: "attachment" }] });
    expect(await readForm(form(right, [new File([], "")]))).toMatchObject({ ok: true, files: [] });
  });
});

describe("counting and timing without knowing who", () => {
  test("a form says when it was opened, and nobody else can say it for it", () => {
    const at = new Date("2026-11-24T06:00:00Z");
    const word = signOpened("salt", at);
    expect(tookMs("salt", word, new Date(at.getTime() + 4_000))).toBe(4_000);
    expect(tookMs("other", word, at)).toBeNull();
    expect(tookMs("salt", word.replace(/^\d/, "9"), at)).toBeNull();
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => tookMs("salt", text, at) === null));
  });

  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["2001:db8:0:0:aaaa::1", "2001:db8:0:0"],
    ["2001:0DB8:0001:0002:3:4:5:6", "2001:db8:1:2"],
    ["::1", "0:0:0:0"],
  ])("%s counts as %s", (ip, house) => {
    expect(houseOf(ip)).toBe(house);
    expect(addressBucket("salt", ip)).not.toContain(house);
  });

  test.each([
    ["Acme Médical GmbH", "acme-medical-gmbh"],
    ["心", "our-organisation"],
    ["A".repeat(60), "a".repeat(40)],
  ])("%s has the path %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
    expect(IntakeSettings.shape.slug.safeParse(slug).success).toBe(true);
  });
});
