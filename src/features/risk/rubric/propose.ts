import type { DataKind, FunctionKind } from "../../devices/schema.ts";
import { metricsOf, named, type RiskFacts, touches } from "../facts.ts";
import type { Proposed, Rubric, RubricAnswer } from "../schema.ts";

type Proposal = Proposed & { answer: RubricAnswer };
const yes = (because: string): Proposal => ({ answer: "yes", because });
const no = (because: string): Proposal => ({ answer: "no", because });

/** Answers that the advisory and the device's own file give, each with the fact behind it; what they do not say is left out. */
export function proposeAnswers(rubric: Rubric, facts: RiskFacts): ReadonlyMap<string, Proposal> {
  const found = new Map<string, Proposal>();
  const put = (id: string, proposal: Proposal | null) => {
    if (proposal !== null) found.set(id, proposal);
  };
  for (const [id, proposal] of Object.entries({ ...reachable(facts), ...exploiting(facts) })) put(id, proposal);
  for (const { id, metric, data } of rubric.impacts) put(id, impact(facts, metric, data));
  put(rubric.patients.id, patients(facts, rubric.patients.least));
  return found;
}

const LONG_RANGE = /802\.11|wi-?fi|wlan|cellular|lte|5g|4g|lora|bluetooth|ble\b|zigbee|wmts|mics|medradio/i;
const SHORT_RANGE = /nfc|rfid|induct|13\.56|infrared|irda/i;
/** Networks of layer 3 or 4 of OSI, and what runs over them. */
const SPEAKS_IP =
  /\b(ip|ipv[46]|tcp|udp|quic|https?|tls|ssh|s?ftp|dns|snmp|ntp|smb|rdp|vnc|mqtt|mllp|hl7|fhir|dicom\w*|grpc|w?lan|ethernet|wi-?fi|cellular|lte|4g|5g|internet)\b|802\.(3|11)/i;
const SPEAKS_NO_IP =
  /bluetooth|\bble\b|zigbee|wmts|mics|medradio|nfc|rfid|induct|13\.56|infrared|irda|\brs-?(232|422|485)|serial|uart|\bcan(open|bus)?\b|i2c|\bspi\b/i;

/** How an attacker gets at it: the advisory's attack vector, held against the ways into this release. */
function reachable(facts: RiskFacts): Record<string, Proposal | null> {
  const av = metricsOf(facts.vector).get("AV");
  const ways = facts.interfaces.filter(({ kind }) => kind === "wired" || kind === "wireless");
  const wireless = ways.filter(({ kind }) => kind === "wireless");
  const wired = ways.filter(({ kind }) => kind === "wired");
  const said = `the advisory says AV:${av}`;
  const alone = facts.networkPosition === "isolated" && facts.interfaces.length > 0 && ways.length === 0;
  if (alone) {
    const none = no("The release is on no network, and has neither a wired nor a wireless interface");
    return { XAVN: none, ...touching(av, said) };
  }
  if (av === "N" || av === "A") {
    const over = ways.length === 0 ? "" : `; ways in: ${named(ways)}`;
    return {
      XAVN: yes(`It goes over a network: ${said}${over}`),
      XAVT: av === "N" ? yes(`It can come from another network: ${said}`) : ipOf(ways),
      XAVW:
        facts.interfaces.length === 0
          ? null
          : wireless.length === 0
            ? no("The release declares no wireless interface")
            : wired.length === 0
              ? yes(`Its only network interfaces are wireless: ${named(wireless)}`)
              : null,
      XAVR: rangeOf(wireless),
    };
  }
  if (av === "L" || av === "P")
    return { XAVN: no(`It needs access to the device itself: ${said}`), ...touching(av, said) };
  return {};
}

const touching = (av: string | undefined, said: string): Record<string, Proposal | null> => ({
  XAVP: av === "P" ? yes(`It must be touched: ${said}`) : av === "L" ? no(`It need not be touched: ${said}`) : null,
});

/** Of an attack from the same network; the worst of several ways in. */
function ipOf(ways: RiskFacts["interfaces"]): Proposal | null {
  const over = ways.filter((way) => SPEAKS_IP.test(textOf(way)));
  if (over.length > 0) return yes(`Its networks speak IP: ${named(over)}`);
  return ways.length > 0 && ways.every((way) => SPEAKS_NO_IP.test(textOf(way)))
    ? no(`None of its ways in speaks IP: ${named(ways)}`)
    : null;
}

const textOf = ({ name, protocol }: RiskFacts["interfaces"][number]) => `${name} ${protocol}`;

function rangeOf(wireless: RiskFacts["interfaces"]): Proposal | null {
  const long = wireless.filter((way) => LONG_RANGE.test(textOf(way)));
  if (long.length > 0) return no(`It reaches farther: ${named(long)}`);
  if (wireless.length > 0 && wireless.every((way) => SHORT_RANGE.test(textOf(way))))
    return yes(`All of it is of short range: ${named(wireless)}`);
  return null;
}

/** What an exploit needs, as the advisory's vector says it (2.0, 3.x and 4.0 alike). */
function exploiting({ vector }: RiskFacts): Record<string, Proposal | null> {
  const metrics = metricsOf(vector);
  const says = (name: string) => `The advisory says ${name}:${metrics.get(name)}`;
  const ac = metrics.get("AC");
  const hard = ac === "H" || ac === "M" || metrics.get("AT") === "P";
  const pr = metrics.get("PR") ?? { N: "N", S: "L", M: "L" }[metrics.get("Au") ?? ""];
  const prName = metrics.has("PR") ? "PR" : "Au";
  const ui = metrics.get("UI");
  const scope = metrics.get("S");
  const beyond = ["SC", "SI", "SA"].filter((name) => metrics.has(name));
  return {
    XACL: ac === undefined ? null : hard ? no(says(metrics.get("AT") === "P" ? "AT" : "AC")) : yes(says("AC")),
    XPRL: pr === undefined || pr === "N" ? null : yes(`${says(prName)}: rights are told apart`),
    XPRZ: pr === undefined ? null : pr === "N" ? no(says(prName)) : yes(says(prName)),
    XPRS: pr === "H" ? yes(says(prName)) : pr === "L" ? no(says(prName)) : null,
    XUI: ui === undefined ? null : ui === "N" ? no(says("UI")) : yes(says("UI")),
    XS:
      beyond.length > 0
        ? beyond.some((name) => metrics.get(name) !== "N")
          ? yes("The advisory names an impact on systems beyond the part (SC, SI, SA)")
          : no("The advisory names no impact beyond the part (SC, SI, SA)")
        : scope === "C"
          ? yes(says("S"))
          : scope === "U"
            ? no(says("S"))
            : null,
  };
}

/** Functions that use each kind of data: where one is reached, losing or falsifying the data is losing the function. */
const FUNCTIONS: Record<DataKind, readonly FunctionKind[]> = {
  patient: ["records"],
  diagnosis: ["diagnosis", "monitoring", "alarm"],
  therapy: ["therapy", "life-support"],
  workflow: ["connectivity", "records"],
  secrets: [],
  other: [],
};
const WORD = { C: "confidentiality", I: "integrity", A: "availability" } as const;

function impact(facts: RiskFacts, dimension: "C" | "I" | "A", data: DataKind): Proposal | null {
  const touched = touches(facts, dimension);
  if (touched === false) return no(`The advisory says it does not touch ${WORD[dimension]}`);
  const held = facts.dataHeld?.filter(({ kind }) => kind === data) ?? [];
  const because = touched === null ? "" : `, and the advisory says it touches ${WORD[dimension]}`;
  const uses = dimension === "C" ? [] : facts.functions.filter(({ kind }) => FUNCTIONS[data].includes(kind));
  if (held.length > 0) return yes(`The release holds ${held.map(({ name }) => name).join(", ")}${because}`);
  if (uses.length > 0) return yes(`The part can reach ${uses.map(({ name }) => name).join(", ")}${because}`);
  if (facts.dataHeld === null) return null;
  if (dimension !== "C" && facts.functions.length === 0 && facts.reachesFunction) return null;
  return no(
    `The release declares no such data${dimension === "C" ? "" : ", and no function that the part can reach uses it"}`,
  );
}

function patients({ patientRecords, units }: RiskFacts, least: number): Proposal | null {
  if (patientRecords === null) return null;
  if (patientRecords >= least) return yes(`One unit can reach the records of ${patientRecords} patients`);
  if (patientRecords * Math.max(units, 1) >= least) return null;
  return no(`One unit reaches the records of ${patientRecords} patients, and ${units} units are in use`);
}
