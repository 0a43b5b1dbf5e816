import { Draft } from "../draft.ts";
import { defineXml } from "../parser.ts";
import { addZapAlert, type ZapAlert } from "../zap-alert.ts";

const MOST_INSTANCES = 10_000;

/** OWASP ZAP's traditional XML report, with or without requests and responses. */
export default defineXml({
  recognises: ({ name }) => name === "OWASPZAPReport",

  start(name, root) {
    const draft = new Draft(name, "zap", "ZAP traditional XML");
    draft.toolIs(`OWASP ${root.attribute("programName") ?? "ZAP"}`, root.attribute("version"), null);
    draft.performed(root.attribute("created") ?? root.attribute("generated"), root.at);
    let site = "";
    let alert: ZapAlert | null = null;
    let instance = { uri: "", method: "", parameter: "" };
    return {
      draft,
      open(element) {
        if (element.name === "site") {
          site = element.attribute("name") ?? "";
          draft.subject("url", site);
        }
        if (element.name === "alertitem")
          alert = { plugin: "", name: "", risk: "", confidence: "", description: "", cwe: "", site, instances: [] };
        if (element.name === "instance") instance = { uri: "", method: "", parameter: "" };
      },
      close(text, path) {
        const element = path.at(-1);
        if (alert === null) return;
        if (path.at(-2) === "instance") {
          if (element === "uri") instance.uri = text;
          if (element === "method") instance.method = text;
          if (element === "param") instance.parameter = text;
          return;
        }
        if (element === "instance" && alert.instances.length < MOST_INSTANCES) alert.instances.push(instance);
        if (element === "pluginid") alert.plugin ||= text;
        if (element === "alertRef") alert.plugin = text || alert.plugin;
        if (element === "alert") alert.name ||= text;
        if (element === "name") alert.name = text || alert.name;
        if (element === "riskcode") alert.risk = text;
        if (element === "confidence") alert.confidence = text;
        if (element === "desc") alert.description = text;
        if (element === "cweid") alert.cwe = text;
        if (element === "alertitem") {
          addZapAlert(draft, alert);
          alert = null;
        }
      },
      end: () => {},
    };
  },
});
