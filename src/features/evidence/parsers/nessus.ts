import type { Rating } from "../../intel/assess/schema.ts";
import { Draft } from "../draft.ts";
import { defineXml } from "../parser.ts";
import { ratingOfScore } from "../severity.ts";

/** Nessus' severities (NessusClientData_v2). */
const SEVERITIES: Readonly<Record<string, { severity: Rating; said: string }>> = {
  "0": { severity: "none", said: "Info" },
  "1": { severity: "low", said: "Low" },
  "2": { severity: "medium", said: "Medium" },
  "3": { severity: "high", said: "High" },
  "4": { severity: "critical", said: "Critical" },
};
/** The plugin that reports how the scan was done. */
const SCAN_INFORMATION = "19506";

interface Item {
  plugin: string;
  name: string;
  severity: string;
  place: string;
  synopsis: string;
  description: string;
  score: string;
  names: string[];
  output: string;
}

/** Nessus' `.nessus` (version 2): every item of every host, read as it comes. */
export default defineXml({
  recognises: ({ name }) => name === "NessusClientData_v2",

  start(name) {
    const draft = new Draft(name, "nessus", "Nessus v2 XML");
    let host = "";
    let tag = "";
    let item: Item | null = null;
    let policy: string | null = null;
    const times = new Map<string, string>();
    const seen = { hosts: 0, items: 0 };
    const said: Partial<Record<"version" | "settings", string>> = {};

    return {
      draft,
      open(element) {
        if (element.name === "ReportHost") {
          seen.hosts++;
          host = element.attribute("name") ?? "";
          draft.subject("host", host);
        }
        if (element.name === "tag") tag = element.attribute("name") ?? "";
        if (element.name === "ReportItem") {
          const port = element.attribute("port") ?? "0";
          item = {
            plugin: element.attribute("pluginID") ?? "",
            name: element.attribute("pluginName") ?? "",
            severity: element.attribute("severity") ?? "",
            place: port === "0" ? host : `${host}:${port}/${element.attribute("protocol") ?? "tcp"}`,
            synopsis: "",
            description: "",
            score: "",
            names: [],
            output: "",
          };
        }
      },
      close(text, path) {
        const element = path.at(-1);
        if (element === "policyName") policy ??= text;
        if (element === "tag" && /^HOST_(START|END)(_TIMESTAMP)?$/.test(tag)) times.set(tag, text);
        if (element === "HostProperties") {
          // The timestamps are exact; the words beside them are in the scanner's own time zone.
          for (const end of ["HOST_START", "HOST_END"])
            draft.performed(times.get(`${end}_TIMESTAMP`) ?? times.get(end), `host ${host} ${end}`);
          times.clear();
        }
        if (item === null) return;
        if (element === "ReportItem") {
          seen.items++;
          if (item.plugin === SCAN_INFORMATION) readScanInformation(item.output, said);
          addItem(draft, item);
          item = null;
        } else if (element === "synopsis") item.synopsis = text;
        else if (element === "description") item.description = text;
        else if (element === "cvss3_base_score" || (element === "cvss_base_score" && item.score === ""))
          item.score = text;
        else if ((element === "cve" || element === "cwe") && item.names.length < 100)
          item.names.push(element === "cwe" && /^\d+$/.test(text) ? `CWE-${text}` : text);
        else if (element === "plugin_output") item.output = text;
      },
      end() {
        draft.toolIs(
          "Nessus",
          said.version ?? null,
          [policy === null ? "" : `Policy ${policy}`, said.settings ?? ""].filter(Boolean).join("; "),
        );
        draft.fact("Hosts", seen.hosts);
        draft.fact("Items", seen.items);
        if (seen.hosts === 0) draft.problem("1:1", "No host was scanned: the report shows nothing about the device.");
      },
    };
  },
});

function addItem(draft: Draft, item: Item): void {
  const severity = (Object.hasOwn(SEVERITIES, item.severity) ? SEVERITIES[item.severity] : undefined) ?? {
    severity: ratingOfScore(item.score) ?? ("unknown" as const),
    said: item.severity,
  };
  draft.finding({
    rule: item.plugin,
    title: item.name,
    ...severity,
    place: item.place,
    weaknesses: item.names,
    description: item.synopsis === "" ? item.description : `${item.synopsis} ${item.description}`,
  });
}

function readScanInformation(output: string, said: { version?: string; settings?: string }): void {
  said.version ??= /Nessus version\s*:\s*([\w.]+)/.exec(output)?.[1] ?? "";
  const wanted = ["Scan policy used", "Port range", "Credentialed checks", "Thorough tests", "Plugin feed version"];
  said.settings ??= wanted
    .flatMap((key) => {
      const value = new RegExp(`${key}\\s*:\\s*([^\\r\\n]{1,200})`).exec(output)?.[1];
      return value === undefined ? [] : [`${key}: ${value.trim()}`];
    })
    .join("; ");
}
