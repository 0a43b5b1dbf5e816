import type { Model } from "../../model/look-up.ts";
import type { Item } from "../../schema.ts";
import { type ContentRule, of } from "./rule.ts";

const LIFE = ["generation", "storage", "configuration", "transfer", "maintenance", "revocation"] as const;

/** Interfaces and credentials (FDA premarket guidance, App. 1.A and D, App. 2.B, VI.A). */
export const interfaceRules: ContentRule[] = [
  {
    id: "IF-1",
    title: "Unused, service and debug interfaces are stated and guarded",
    section: "FDA premarket App. 1.D, App. 2.B",
    fix: "Switch it off for good, or say what keeps others out (accessControl)",
    *find({ model }) {
      for (const port of model.file.ports) {
        const at = of("ports", port);
        if (port.state === "unknown")
          yield {
            at,
            field: "state",
            message: `Nobody knows in what state “${port.name}” is`,
            fix: "Find out, and state it",
          };
        else if (port.state !== "disabled" && port.accessControl === "" && needsGuard(port))
          yield {
            at,
            field: "accessControl",
            message: `“${port.name}” is ${port.state === "used" ? `for ${port.kind}` : port.state}, and nothing keeps others out`,
          };
      }
    },
  },
  {
    id: "IF-2",
    title: "Users are told of each interface, and what may be connected",
    section: "FDA premarket VI.A",
    fix: "Name it in a label, with the endpoints that are approved",
    *find({ model }) {
      const told = new Set(model.file.labels.flatMap(({ about }) => about));
      for (const port of model.file.ports) {
        if (!port.exposed || port.state === "disabled" || port.kind === "user") continue;
        if (!told.has(port.id)) yield { at: of("ports", port), message: `No labeling tells users of “${port.name}”` };
        else if (port.approvedEndpoints.length === 0 && port.state === "used")
          yield {
            at: of("ports", port),
            field: "approvedEndpoints",
            message: `Nothing says what may be connected to “${port.name}”`,
          };
      }
    },
  },
  {
    id: "CR-1",
    title: "A hard-coded, factory-set or shared credential is refused, or treated",
    section: "FDA premarket App. 1.A",
    fix: "Give each unit or person their own; until then, accept a threat at it and weigh it",
    *find({ model }) {
      for (const credential of model.file.credentials) {
        const weak = weaknesses(credential);
        if (weak.length > 0 && !isTreated(credential.id, model))
          yield {
            at: of("credentials", credential),
            message: `“${credential.name}” is ${weak.join(" and ")}, and nothing is done about it`,
          };
      }
    },
  },
  {
    id: "CR-2",
    title: "The life of each credential is stated",
    section: "FDA premarket App. 2.B",
    fix: "State each step of its life",
    *find({ model }) {
      for (const credential of model.file.credentials) {
        const missing = LIFE.filter((field) => credential[field] === "");
        if (missing.length > 0)
          yield {
            at: of("credentials", credential),
            field: missing[0] ?? "",
            message: `“${credential.name}” does not state its ${missing.join(", ")}`,
          };
        if (credential.scope === "unknown")
          yield {
            at: of("credentials", credential),
            field: "scope",
            message: `Nothing says how far a leaked “${credential.name}” reaches`,
          };
      }
    },
  },
];

const needsGuard = ({ kind, state }: Item<"ports">) => state !== "used" || kind === "service" || kind === "debug";

function weaknesses({ hardcoded, factoryDefault, scope }: Item<"credentials">): string[] {
  return [
    ...(hardcoded ? ["hard-coded"] : []),
    ...(factoryDefault ? ["set at the factory"] : []),
    ...(scope === "shared" || scope === "per-model" ? ["the same in many units"] : []),
  ];
}

/** An accepted threat strikes it, and is mitigated for real or decided on with a reason. */
function isTreated(id: string, model: Model): boolean {
  return model.file.threats.some(
    (threat) =>
      threat.state === "accepted" &&
      threat.targets.includes(id) &&
      (threat.mitigations.some(({ state }) => state === "implemented" || state === "verified") ||
        model.file.risks.some((risk) => risk.threats.includes(threat.id) && risk.residual.trim() !== "")),
  );
}
