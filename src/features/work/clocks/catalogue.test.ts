import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { stageAt, stagesOf } from "./escalation.ts";
import { pickClocks } from "./pick.ts";
import { readCatalogue } from "./read-edition.ts";
import { ClockEvent } from "./schema.ts";

const folder = join(import.meta.dirname, "../../../../catalogs");
const textsIn = (name: string) =>
  readdirSync(join(folder, name)).map((file) => ({ name: file, text: readFileSync(join(folder, name, file), "utf8") }));
const catalogue = readCatalogue(textsIn("clocks"), textsIn("holidays"));

describe("the catalogue", () => {
  test.each<[ClockEvent, string, string[]]>([
    ["uncontrolled-risk-decided", "2026-11-24", ["us-fda-postmarket.communicate", "us-fda-postmarket.remediate"]],
    ["vulnerability-report-received", "2026-11-24", ["cert-cc-disclosure.publish", "iso-29147.acknowledge"]],
    [
      "actively-exploited-learned",
      "2026-11-24",
      ["eu-cra.vulnerability-early-warning", "eu-cra.vulnerability-notification"],
    ],
    ["actively-exploited-learned", "2026-09-10", []],
    ["corrective-measure-available", "2026-11-24", ["eu-cra.vulnerability-final"]],
    ["serious-incident-learned", "2026-11-24", ["eu-mdr-vigilance.serious-incident", "us-21cfr803.report"]],
    ["death-or-deterioration-learned", "2026-11-24", ["eu-mdr-vigilance.death", "us-21cfr803.report"]],
    ["correction-or-removal-begun", "2026-11-24", ["us-21cfr806.report"]],
    [
      "large-breach-discovered",
      "2026-11-24",
      ["us-hipaa-breach.individuals", "us-hipaa-breach.media", "us-hipaa-breach.secretary"],
    ],
  ])("%s on %s starts %j", (event, day, started) => {
    const picked = pickClocks(catalogue, { event }, day, []).map(({ definition }) => definition.id);
    expect(picked.sort()).toEqual(started);
  });

  test("every event starts something, and nothing that is only proposed or switched off", () => {
    for (const event of ClockEvent.options)
      expect(pickClocks(catalogue, { event }, "2026-11-24", []).length, event).toBeGreaterThan(0);
    expect(pickClocks(catalogue, { event: "actively-exploited-learned" }, "2026-11-24", ["eu-cra"])).toEqual([]);
  });

  test("the final report of an incident begins when its notification was sent", () => {
    const [next] = pickClocks(catalogue, { after: "eu-cra.incident-notification" }, "2026-11-24", []);
    expect(next?.definition.id).toBe("eu-cra.incident-final");
  });
});

describe("a bad file stops the start, and says where it is bad", () => {
  const good = textsIn("clocks").find(({ name }) => name.startsWith("us-21cfr806"))?.text ?? "";
  const file = (text: string, name = "us-21cfr806-1997-05-19.yaml") => [{ name, text }];
  test.each<[string, { name: string; text: string }[], RegExp, string]>([
    ["no YAML", file("a: [1"), /not YAML/, "us-21cfr806-1997-05-19.yaml"],
    ["a period of nothing", file(good.replace("workingDays: 10", "workingDays: 0")), /due/, ".yaml:18"],
    ["an unknown field", file(`${good}\nnote: x`), /note/i, ".yaml"],
    ["an unknown event", file(good.replace("correction-or-removal-begun", "full-moon")), /startsOn/, ".yaml:14"],
    ["holidays that are not there", file(good.replace("us-federal", "fr-public")), /fr-public/, ".yaml"],
    ["a file of another name", file(good, "806.yaml"), /us-21cfr806-1997-05-19\.yaml/, "806.yaml"],
    [
      "a clock of another instrument",
      file(good.replace("id: us-21cfr806.report", "id: us-21cfr803.report")),
      /begin/,
      ".yaml",
    ],
    ["a proposal in force", file(good.replace("status: in-force", "status: proposed")), /inForceFrom/, ".yaml"],
  ])("%s", (_, editions, reason, at) => {
    const read = () => readCatalogue(editions, textsIn("holidays"));
    expect(read).toThrow(Fault);
    try {
      read();
    } catch (fault) {
      expect(fault).toMatchObject({ code: "bad_configuration", message: expect.stringMatching(reason) });
      expect((fault as Fault).at).toContain(at);
    }
  });
});

describe("a clock makes itself heard", () => {
  const at = (text: string) => new Date(`2026-${text}Z`);
  test.each([
    ["30 days", "06-01T00:00:00", "07-01T00:00:00", ["started", "half", "most", "last-day", "overdue"]],
    ["72 hours", "06-01T00:00:00", "06-04T00:00:00", ["started", "half", "last-day", "most", "overdue"]],
    ["24 hours", "06-01T00:00:00", "06-02T00:00:00", ["started", "half", "most", "overdue"]],
  ])("%s", (_, start, due, stages) => {
    expect(stagesOf(at(start), at(due)).map(({ stage }) => stage)).toEqual(stages);
  });

  test.each([
    ["06-01T00:00:00", "started", "06-16T00:00:00"],
    ["06-15T23:59:59", "started", "06-16T00:00:00"],
    ["06-16T00:00:00", "half", "06-25T00:00:00"],
    ["06-30T00:00:00", "last-day", "07-01T00:00:00.001"],
    ["07-01T00:00:00", "last-day", "07-01T00:00:00.001"],
    ["07-01T00:00:00.001", "overdue", null],
  ])("at %s it is at %s", (now, stage, next) => {
    const nextAt = next === null ? null : at(next);
    expect(stageAt(at("06-01T00:00:00"), at("07-01T00:00:00"), at(now))).toEqual({ stage, nextAt });
  });
});
