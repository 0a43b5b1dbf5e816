export type CvssVersion = "2.0" | "3.0" | "3.1" | "4.0";

export interface CvssVector {
  version: CvssVersion;
  /** As it was written, without what is around it: blanks, version 2.0's parentheses, a slash at the end. */
  text: string;
  metrics: ReadonlyMap<string, string>;
}

/**
 * A CVSS vector, its metrics in any order. Null unless each metric and value is the version's own, none stands twice (one of the two
 * would be a guess) and none of the base metrics is missing.
 */
export function readVector(written: string): CvssVector | null {
  if (written.length > MOST_CHARACTERS) return null;
  const bare = written
    .trim()
    .replace(/^\((.*)\)$/, "$1")
    .replace(/\/$/, "");
  const [, version = "2.0", stated = ""] = /^(?:CVSS:(2\.0|3\.0|3\.1|4\.0)\/)?(.*)$/.exec(bare) ?? [];
  const { base, others } = METRICS[version as CvssVersion];
  const metrics = new Map<string, string>();
  for (const part of stated.split("/")) {
    const [metric = "", value = "", ...more] = part.split(":");
    const values = base.get(metric) ?? others.get(metric);
    if (values?.includes(value) !== true || more.length > 0 || metrics.has(metric)) return null;
    metrics.set(metric, value);
  }
  if ([...base.keys()].some((metric) => !metrics.has(metric))) return null;
  return { version: version as CvssVersion, text: bare, metrics };
}

const MOST_CHARACTERS = 500;

interface Metrics {
  base: ReadonlyMap<string, readonly string[]>;
  others: ReadonlyMap<string, readonly string[]>;
}

/** `"AV:N,A AC:L,H"` as a map. */
const tableOf = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    text.split(" ").map((line) => {
      const [metric = "", values = ""] = line.split(":");
      return [metric, values.split(",")];
    }),
  );

const VERSION_3: Metrics = {
  base: tableOf("AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N"),
  others: tableOf(
    "E:X,U,P,F,H RL:X,O,T,W,U RC:X,U,R,C CR:X,L,M,H IR:X,L,M,H AR:X,L,M,H " +
      "MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,H,L,N MI:X,H,L,N MA:X,H,L,N",
  ),
};

/** Every metric with its values: CVSS v2 guide, section 2; v3.0 and v3.1 specifications, table 15; v4.0 specification, table 23. */
const METRICS: Readonly<Record<CvssVersion, Metrics>> = {
  "2.0": {
    base: tableOf("AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C"),
    others: tableOf(
      "E:ND,U,POC,F,H RL:ND,OF,TF,W,U RC:ND,UC,UR,C CDP:ND,N,L,LM,MH,H TD:ND,N,L,M,H CR:ND,L,M,H IR:ND,L,M,H AR:ND,L,M,H",
    ),
  },
  "3.0": VERSION_3,
  "3.1": VERSION_3,
  "4.0": {
    base: tableOf("AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N"),
    others: tableOf(
      "E:X,A,P,U CR:X,L,M,H IR:X,L,M,H AR:X,L,M,H MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A " +
        "MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N " +
        "S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red",
    ),
  },
};
