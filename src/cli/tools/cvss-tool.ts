import type { DeviceFile, FileRelease } from "../../features/devices/device-file/schema.ts";
import { type CvssScores, scoresOfVector } from "../../features/intel/severity/cvss.ts";
import { deviceVector } from "../../features/risk/cvss/device-metrics.ts";
import { reachedHarm } from "../../features/risk/harm/reached-harm.ts";
import { Fault } from "../../lib/fault.ts";
import { type JsonValue, member } from "../../lib/json.ts";

/** All scores of a CVSS vector. Fault `bad_input` when it is no complete vector. */
export const scoresAsked = (value: JsonValue): JsonValue => ({ ...scored(value) });

/** The same, and beside it what the score is in one release of a device, with every metric that changed and why. */
export function deviceScoresAsked(value: JsonValue, device: DeviceFile, release: FileRelease): JsonValue {
  const base = scored(value);
  const changed = deviceVector({
    vector: base.vector,
    functions: device.functions,
    reachesFunction: true,
    interfaces: release.interfaces,
    networkPosition: release.networkPosition,
    dataHeld: release.dataHeld,
    patientRecords: release.patientRecords,
    units: release.units.length,
    inKev: "unknown",
    coordinator: null,
    ...reachedHarm(device.functions, null),
  });
  const scores = changed === null ? null : scoresOfVector(changed.vector);
  return {
    ...base,
    device: {
      name: device.name,
      release: release.version,
      vector: changed?.vector ?? base.vector,
      score: scores?.score ?? base.score,
      rating: scores?.rating ?? base.rating,
      changes: (changed?.changes ?? []).map(({ metric, because }) => ({ metric, because })),
    },
  };
}

export const VECTOR_EXAMPLE = '"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"';

/** The vector stands by itself, or as `vector` or, as in CVSS's own JSON, `vectorString` of an object. */
function scored(value: JsonValue): CvssScores {
  const vector = member(value, "vector") ?? member(value, "vectorString") ?? value;
  const scores = typeof vector === "string" ? scoresOfVector(vector) : null;
  if (scores === null)
    throw new Fault("bad_input", "This is no complete CVSS vector (2.0, 3.0, 3.1 or 4.0).", {
      at: "vector",
      fix: `Write ${VECTOR_EXAMPLE}`,
    });
  return scores;
}
