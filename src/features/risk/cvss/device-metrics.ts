import type { FunctionKind } from "../../devices/schema.ts";
import { metricsOf, type RiskFacts, touches } from "../facts.ts";

/** An environmental metric the device's own file sets, and the fact behind it. */
export interface DeviceMetric {
  metric: string;
  because: string;
}

/** The advisory's vector with the environmental metrics of this release. Null: there is no vector to change. */
export function deviceVector(facts: RiskFacts): { vector: string; changes: DeviceMetric[] } | null {
  const { vector } = facts;
  if (vector === null) return null;
  const version = versionOf(vector);
  const changes =
    version === "2.0"
      ? version2(facts)
      : [...modified(facts), ...needs(facts), ...(version === "4.0" ? safety(facts) : [])];
  const set = new Set(changes.map(({ metric }) => metric.split(":")[0]));
  const kept = vector
    .trim()
    .replace(/^\(|\)$/g, "")
    .split("/")
    .filter((part) => part !== "" && !set.has(part.split(":")[0]));
  return { vector: [...kept, ...changes.map(({ metric }) => metric)].join("/"), changes };
}

const versionOf = (vector: string) => /^CVSS:(\d\.\d)\//.exec(vector)?.[1] ?? "2.0";

/** Where the device stands makes some attacks longer. Nothing makes one shorter than the advisory says. */
function modified({ vector, networkPosition, interfaces }: RiskFacts): DeviceMetric[] {
  const av = metricsOf(vector).get("AV");
  const ways = interfaces.filter(({ kind }) => kind === "wired" || kind === "wireless");
  if ((av === "N" || av === "A") && networkPosition === "isolated") {
    if (ways.length > 0) return [];
    return [{ metric: "MAV:L", because: "The release is on no network and declares no wired or wireless interface" }];
  }
  if (av === "N" && networkPosition === "device-network")
    return [{ metric: "MAV:A", because: "Only from inside the network of its own that the release stands in" }];
  return [];
}

const CARE: readonly FunctionKind[] = ["life-support", "therapy", "diagnosis", "monitoring", "alarm"];
const RUNS: readonly FunctionKind[] = ["life-support", "therapy", "monitoring", "alarm"];

/** How much this device needs its data kept secret (CR), right (IR) and there (AR): from the data it holds and the harm of its functions. */
function needs(facts: RiskFacts): DeviceMetric[] {
  const { dataHeld, patientRecords, functions, reachesFunction } = facts;
  const found: DeviceMetric[] = [];
  if (dataHeld !== null) {
    const secrets = dataHeld.filter(({ kind }) => kind === "secrets" || kind === "patient");
    const many = (patientRecords ?? 0) >= 500 || dataHeld.some(({ kind }) => kind === "secrets");
    found.push(
      secrets.length === 0
        ? { metric: "CR:L", because: "The release holds no patients' data and no secrets" }
        : {
            metric: many ? "CR:H" : "CR:M",
            because: `The release holds ${secrets.map(({ name }) => name).join(", ")}`,
          },
    );
  }
  if (!reachesFunction) {
    const because = "The part reaches no function, by a recorded fact";
    return [...found, { metric: "IR:L", because }, { metric: "AR:L", because }];
  }
  for (const [metric, kinds] of [
    ["IR", CARE],
    ["AR", RUNS],
  ] as const) {
    const worst = worstOf(functions.filter(({ kind }) => kinds.includes(kind)));
    if (functions.length === 0) continue;
    const level =
      worst === null
        ? "L"
        : { catastrophic: "H", critical: "H", serious: "M", minor: "L", negligible: "L" }[worst.harm];
    const because = worst === null ? "No function of care depends on it" : `${worst.harm} harm through ${worst.name}`;
    found.push({ metric: `${metric}:${level}`, because });
  }
  return found;
}

const ORDER = ["catastrophic", "critical", "serious", "minor", "negligible"];
const worstOf = (functions: RiskFacts["functions"]) =>
  [...functions].sort((a, b) => ORDER.indexOf(a.harm) - ORDER.indexOf(b.harm))[0] ?? null;

/** CVSS 4.0: `S` says that people can come to harm (IEC 61508: marginal or worse) beyond the vulnerable system. */
function safety(facts: RiskFacts): DeviceMetric[] {
  const worst = worstOf(facts.functions);
  if (!facts.reachesFunction || worst === null || worst.harm === "negligible") return [];
  const because = `${worst.harm} harm to a patient through ${worst.name}`;
  return (["I", "A"] as const)
    .filter((dimension) => touches(facts, dimension) === true)
    .map((dimension) => ({ metric: `MS${dimension}:S`, because }));
}

/** CVSS 2.0 has the harm itself as a metric: collateral damage potential. */
function version2(facts: RiskFacts): DeviceMetric[] {
  const levels = { catastrophic: "H", critical: "MH", serious: "LM", minor: "L", negligible: "N" } as const;
  const worst = worstOf(facts.functions);
  const damage = !facts.reachesFunction
    ? [{ metric: "CDP:N", because: "The part reaches no function, by a recorded fact" }]
    : worst === null
      ? []
      : [{ metric: `CDP:${levels[worst.harm]}`, because: `${worst.harm} harm through ${worst.name}` }];
  return [...damage, ...needs(facts)];
}
