import { searchDevices, searchParts } from "../features/devices/devices.ts";
import { lists } from "../features/intel/intel.ts";
import type { Hit } from "../features/work/schema.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { searchPeople } from "./find-people.ts";

const MOST_OF_A_KIND = 6;

/** What the palette finds: devices, vulnerabilities that touch us, components, people; of each kind the nearest few. `withPeople`: the caller may see them. */
export async function search(trx: Trx, scope: Scope, text: string, withPeople: boolean): Promise<Hit[]> {
  const devices = await searchDevices(trx, scope, text, MOST_OF_A_KIND);
  const named = await lists.resolveText(trx, scope, text);
  const vulnerabilities =
    named.advisories.length === 0
      ? []
      : await lists.pageOfVulnerabilities(
          trx,
          scope,
          { show: "all", advisories: named.advisories },
          { sort: "harm", after: null, limit: MOST_OF_A_KIND },
        );
  const parts = await searchParts(trx, scope, text, MOST_OF_A_KIND);
  const people = withPeople ? await searchPeople(trx, scope, text, MOST_OF_A_KIND) : [];
  return [
    ...devices.map((device) => ({
      ...hit(
        "device",
        device.id,
        device.name,
        [device.model, device.manufacturer].filter((part) => part !== "").join(", "),
      ),
      deviceId: device.id,
      releaseId: device.currentReleaseId,
    })),
    ...vulnerabilities.map((line) => hit("vulnerability", line.advisory, line.advisory, line.title)),
    ...parts.map((part) => ({
      ...hit("component", part.name, part.name, `in ${part.deviceName}`),
      deviceId: part.deviceId,
      releaseId: part.releaseId,
    })),
    ...people.map((person) => hit("person", person.userId, person.name, person.email)),
  ];
}

const hit = (kind: Hit["kind"], id: string, title: string, detail: string): Hit => ({
  kind,
  id,
  title,
  detail,
  deviceId: null,
  releaseId: null,
});
