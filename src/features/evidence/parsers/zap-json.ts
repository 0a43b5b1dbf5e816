import { member } from "../../../lib/json.ts";
import { Draft } from "../draft.ts";
import { objectsIn, textOf } from "../json-texts.ts";
import { defineJson } from "../parser.ts";
import { addZapAlert } from "../zap-alert.ts";

/** OWASP ZAP's traditional JSON report, with or without requests and responses. */
export default defineJson({
  recognises: (value) => member(value, "site") !== undefined && textOf(value, "@generated") !== null,

  read(name, value) {
    const draft = new Draft(name, "zap", "ZAP traditional JSON");
    draft.toolIs(`OWASP ${textOf(value, "@programName") ?? "ZAP"}`, textOf(value, "@version"), null);
    const created = textOf(value, "created");
    draft.performed(created ?? textOf(value, "@generated"), created === null ? "/@generated" : "/created");
    for (const site of objectsIn(member(value, "site"))) {
      draft.subject("url", textOf(site, "@name"));
      for (const alert of objectsIn(member(site, "alerts")))
        addZapAlert(draft, {
          plugin: textOf(alert, "alertRef") ?? textOf(alert, "pluginid") ?? "",
          name: textOf(alert, "name") ?? textOf(alert, "alert") ?? "",
          risk: textOf(alert, "riskcode") ?? "",
          confidence: textOf(alert, "confidence") ?? "",
          description: textOf(alert, "desc") ?? "",
          cwe: textOf(alert, "cweid") ?? "",
          site: textOf(site, "@name") ?? "",
          instances: objectsIn(member(alert, "instances")).map((one) => ({
            uri: textOf(one, "uri") ?? "",
            method: textOf(one, "method") ?? "",
            parameter: textOf(one, "param") ?? "",
          })),
        });
    }
    return draft;
  },
});
