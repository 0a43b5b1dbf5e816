import { periodText } from "../clocks/due.ts";
import type { Stage } from "../clocks/escalation.ts";
import type { Clock } from "../clocks/schema.ts";
import type { Telling } from "./schema.ts";

/** What is said of each change worth telling. Names of devices, parts and vulnerabilities only. */

export function ofClock(stage: Stage, clock: Clock): Telling {
  const { id, task, section, title, subject } = clock;
  const by = `${dayText(clock.dueOn)}${clock.toTheHour ? ` ${clock.dueAt.slice(11, 16)} UTC` : ""}`;
  return {
    kind: "clock",
    subject: { type: "clock", id },
    change: stage,
    title: `${CLOCK_TITLE[stage]}: ${task}, by ${by}`,
    happened: `${subject.label}. ${title}, ${section}: ${periodText(clock.period)}, started ${dayText(clock.startedAt.slice(0, 10))}.`,
    safe:
      stage === "overdue"
        ? "The clock goes on, and the record shows that it is late; doing it now still counts."
        : `It stops when: ${lowerFirst(clock.stopsWhen)}.`,
    nextStep:
      stage === "overdue"
        ? "Do it now, then stop the clock with evidence"
        : "See the clock, and stop it with evidence when it is done",
    path: `/today/clocks?clock=${id}`,
  };
}

const CLOCK_TITLE: Record<Stage, string> = {
  started: "A clock runs",
  half: "Half the time is gone",
  most: "Little time is left",
  "last-day": "Less than a day is left",
  overdue: "Overdue",
};

export interface NewFindings {
  /** Of the run: the same run is told of once. */
  run: string;
  exploited: number;
  critical: number;
  places: readonly { device: string; deviceId: string; release: string; releaseId: string; count: number }[];
}

/** New findings of one run that are exploited or critical, whatever their number: one notice. */
export function ofNewFindings({ run, exploited, critical, places }: NewFindings): Telling {
  const [first] = places;
  const total = places.reduce((sum, place) => sum + place.count, 0);
  const kinds = [exploited > 0 ? `${exploited} exploited in the wild` : "", critical > 0 ? `${critical} critical` : ""];
  const where = places.slice(0, 5).map((place) => `${place.device} ${place.release} (${place.count})`);
  const more = places.length > 5 ? ` and ${places.length - 5} more` : "";
  const one = places.length === 1 && first !== undefined;
  return {
    kind: "findings-new",
    subject: one ? { type: "release", id: first.releaseId } : { type: "intel-run", id: run },
    change: run,
    title: `${counted(total, "new finding")} to look at${one ? ` in ${first.device} ${first.release}` : ` in ${counted(places.length, "release")}`}`,
    happened: `${kinds.filter((part) => part !== "").join(", ")}. In ${where.join(", ")}${more}.`,
    safe: "Nothing was changed on a device. What was decided before stands.",
    nextStep: "Triage them, worst for a patient first",
    path: one ? `/devices/${first.deviceId}/findings?release=${first.releaseId}&state=new` : "/threats?show=new",
  };
}

export const ofAssignment = (
  finding: { id: string; advisory: string; deviceId: string; releaseId: string },
  by: string,
  change: string,
): Telling => ({
  kind: "assigned",
  subject: { type: "finding", id: finding.id },
  change,
  title: `${finding.advisory} is yours to look into`,
  happened: `${by} gave it to you.`,
  safe: "",
  nextStep: "Open the finding",
  path: `/devices/${finding.deviceId}/findings?release=${finding.releaseId}&finding=${finding.id}`,
});

/** The report itself is sealed: its number and the way it came are all that is said. */
export const ofReport = (report: { id: string; number: string; via: string }): Telling => ({
  kind: "report-received",
  subject: { type: "report", id: report.id },
  change: "received",
  title: `A vulnerability was reported to us: ${report.number}`,
  happened: `It came in by ${report.via}. Its clocks run.`,
  safe: "What was written is kept sealed; nobody outside sees it.",
  nextStep: "Read it, and answer the reporter",
  path: `/threats/reports/${report.id}`,
});

/** `since`: what was last read well; one streak of failures is one change. */
export const ofFailedSync = (since: Date | null, reason: string): Telling => ({
  kind: "sync-failed",
  subject: { type: "intel", id: "sources" },
  change: since?.toISOString() ?? "never",
  title: "The sources of advisories could not be read",
  happened: reason,
  safe:
    since === null
      ? "Nothing was read yet, so nothing can be found until it works."
      : `What was read on ${dayText(since.toISOString().slice(0, 10))} stays in use; what came out since is not known here.`,
  nextStep: "Look at the feeds",
  path: "/threats/feeds",
});

export const ofSuspects = (
  release: { id: string; deviceId: string; device: string; version: string },
  count: number,
  change: string,
): Telling => ({
  kind: "decision-suspect",
  subject: { type: "release", id: release.id },
  change,
  title: `${counted(count, "decision")} to look at again in ${release.device} ${release.version}`,
  happened: "The version of the part changed since it was decided.",
  safe: "The decision stands until somebody decides again; it is marked as not certain.",
  nextStep: "Decide again",
  path: `/devices/${release.deviceId}/findings?release=${release.id}&suspect=true`,
});

export const ofReportersAnswer = ({ id, number }: { id: string; number: string }, at: string): Telling => ({
  kind: "report-received",
  subject: { type: "report", id },
  change: at,
  title: `Report ${number}: the reporter wrote`,
  happened: "There is a new message in the case.",
  safe: "",
  nextStep: "Read it and answer",
  path: `/threats/reports/${id}`,
});

/** `on`: the last proven day of these controls and tests; `stage`: how near it was when it was told. */
export const ofProofsEnding = (
  release: { id: string; deviceId: string; device: string; version: string },
  names: readonly string[],
  on: string,
  stage: "month" | "week" | "ended",
): Telling => ({
  kind: "proof-ending",
  subject: { type: "release", id: release.id },
  change: `${on} ${stage}`,
  title: `${counted(names.length, "control or test", "controls and tests")} of ${release.device} ${release.version} ${
    stage === "ended" ? "no longer proven" : `proven until ${dayText(on)}`
  }`,
  happened: `${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}: the last proven day ${stage === "ended" ? "was" : "is"} ${dayText(on)}.`,
  safe: "Days that were proven stay proven.",
  nextStep: "Run the tests again, and give what they show",
  path: `/devices/${release.deviceId}/evidence?release=${release.id}`,
});

const counted = (count: number, word: string, many = `${word}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? word : many}`;
const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
const dayText = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
