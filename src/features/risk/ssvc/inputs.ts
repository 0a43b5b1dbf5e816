import { metricsOf, type RiskFacts } from "../facts.ts";
import type { Asked, Proposed } from "../schema.ts";

/** An input that a person may set, with our proposal. */
export interface SsvcInput {
  id: string;
  key: string;
  of: Asked;
  asks: string;
  choices: readonly { answer: string; word: string }[];
  propose(facts: RiskFacts): Proposed | null;
}

const yesNo = [
  { answer: "no", word: "No" },
  { answer: "yes", word: "Yes" },
];

/** Inputs of the tables, each proposed from a fact; how likely an attack is (EPSS) is none of them. */
export const SSVC_INPUTS: readonly SsvcInput[] = [
  {
    id: "ssvc.exploitation",
    key: "exploitation",
    of: "product-security",
    asks: "How far is exploitation of it?",
    choices: [
      { answer: "none", word: "None known" },
      { answer: "public-poc", word: "Public proof of concept" },
      { answer: "active", word: "Active" },
    ],
    propose({ inKev, coordinator }) {
      if (inKev === "yes") return { answer: "active", because: "It is in CISA's known exploited vulnerabilities" };
      const said = { active: "active", poc: "public-poc", none: "none" }[coordinator?.exploitation ?? ""];
      return said === undefined
        ? null
        : { answer: said, because: `${coordinator?.source} says ${coordinator?.exploitation}` };
    },
  },
  {
    id: "ssvc.kev",
    key: "inKev",
    of: "product-security",
    asks: "Is it in CISA's known exploited vulnerabilities?",
    choices: yesNo,
    propose: ({ inKev }) =>
      inKev === "unknown"
        ? null
        : { answer: inKev, because: `CISA's catalogue ${inKev === "yes" ? "has" : "does not have"} it` },
  },
  {
    id: "ssvc.automatable",
    key: "automatable",
    of: "product-security",
    asks: "Can an attacker automate the whole attack?",
    choices: yesNo,
    propose: ({ coordinator }) =>
      coordinator?.automatable === "yes" || coordinator?.automatable === "no"
        ? { answer: coordinator.automatable, because: `${coordinator.source} says ${coordinator.automatable}` }
        : null,
  },
  {
    id: "ssvc.value-density",
    key: "valueDensity",
    of: "product-security",
    asks: "How much does an attacker gain from one unit?",
    choices: [
      { answer: "diffuse", word: "Little (diffuse)" },
      { answer: "concentrated", word: "Much (concentrated)" },
    ],
    propose: ({ patientRecords }) =>
      patientRecords === null
        ? null
        : patientRecords >= 500
          ? { answer: "concentrated", because: `One unit reaches the records of ${patientRecords} patients` }
          : { answer: "diffuse", because: `One unit reaches the records of ${patientRecords} patients` },
  },
  {
    id: "ssvc.technical-impact",
    key: "technicalImpact",
    of: "product-security",
    asks: "Does it give control over the part?",
    choices: [
      { answer: "partial", word: "Partial" },
      { answer: "total", word: "Total" },
    ],
    propose({ coordinator, vector }) {
      const said = coordinator?.technicalImpact;
      if (said === "partial" || said === "total")
        return { answer: said, because: `${coordinator?.source} says ${said}` };
      const metrics = metricsOf(vector);
      const impacts = [
        ["VC", "C"],
        ["VI", "I"],
        ["VA", "A"],
      ].map((names) => names.map((n) => metrics.get(n)).find(Boolean));
      if (impacts.some((one) => one === undefined)) return null;
      const total = impacts.every((one) => one === "H" || one === "C");
      return {
        answer: total ? "total" : "partial",
        because: total
          ? "Its score has all three impacts at their highest"
          : "Its score leaves an impact below the highest",
      };
    },
  },
  {
    id: "ssvc.exposure",
    key: "assetExposure",
    of: "product-security",
    asks: "Can strangers on a public network reach a unit?",
    choices: yesNo,
    propose: ({ networkPosition }) =>
      networkPosition === null
        ? null
        : networkPosition === "internet"
          ? { answer: "yes", because: "The release is declared to be reachable from the internet" }
          : { answer: "no", because: `The release is declared to be ${POSITION[networkPosition]}` },
  },
  {
    id: "ssvc.safety-impact",
    key: "safetyImpact",
    of: "clinical",
    asks: "How bad can it get for a patient?",
    choices: [
      { answer: "negligible", word: "Negligible" },
      { answer: "marginal", word: "Marginal" },
      { answer: "critical", word: "Critical" },
      { answer: "catastrophic", word: "Catastrophic" },
    ],
    propose({ harm, harmFunction, reachesFunction }) {
      if (!reachesFunction)
        return { answer: "negligible", because: "The part reaches no function, by a recorded fact" };
      const answer = SAFETY[harm];
      return answer === undefined ? null : { answer, because: `Harm declared for ${harmFunction ?? "its functions"}` };
    },
  },
];

const POSITION = {
  isolated: "on no network",
  "device-network": "in a network of its own",
  "hospital-network": "in the hospital's network",
  internet: "reachable from the internet",
} as const;

/** The five levels of harm in the four of SSVC's Safety Impact 2.0.1 (after IEC 61508). Our mapping: no published one is for devices. */
const SAFETY: Record<number, string> = {
  1: "negligible",
  2: "marginal",
  3: "critical",
  4: "critical",
  5: "catastrophic",
};
