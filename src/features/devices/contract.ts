import * as z from "zod";
import { base } from "../../lib/contract.ts";
import { PageInput, pageOf } from "../../lib/page.ts";
import { Entry } from "../audit/schema.ts";
import {
  Device,
  DeviceCard,
  DeviceChange,
  FunctionKind,
  NewDevice,
  NewRelease,
  NewUnit,
  Phase,
  Release,
  ReleaseChange,
  Unit,
  UnitChange,
  UnitStatus,
} from "./schema.ts";

const id = z.object({ id: z.uuid() });
const reads = base.meta({ can: "device:read" });
const writes = base.meta({ can: "device:write" });
const writesUnits = base.meta({ can: "unit:write" });

/** Products, their releases, and the units in the field. */
export const devicesContract = {
  list: reads
    .route({ method: "GET", path: "/devices", summary: "Devices, the most endangered first" })
    .input(
      PageInput.extend({
        text: z.string().trim().max(200).optional(),
        phase: Phase.optional(),
        kind: FunctionKind.optional(),
        sort: z.enum(["danger", "name", "changed"]).default("danger"),
      }),
    )
    .output(pageOf(DeviceCard)),
  get: reads.route({ method: "GET", path: "/devices/{id}", summary: "One device" }).input(id).output(Device),
  create: writes
    .route({ method: "POST", path: "/devices", successStatus: 201, summary: "Add a device" })
    .input(NewDevice)
    .output(Device),
  change: writes
    .route({ method: "PATCH", path: "/devices/{id}", summary: "Change a device" })
    .input(id.extend(DeviceChange.shape))
    .output(Device),
  history: reads
    .route({ method: "GET", path: "/devices/{id}/history", summary: "What happened to a device, newest first" })
    .input(id.extend(PageInput.shape).extend({ releaseId: z.uuid().optional() }))
    .output(pageOf(Entry)),

  addRelease: writes
    .route({ method: "POST", path: "/devices/{id}/releases", successStatus: 201, summary: "Add a release" })
    .input(id.extend(NewRelease.shape))
    .output(Release),
  release: reads.route({ method: "GET", path: "/releases/{id}", summary: "One release" }).input(id).output(Release),
  changeRelease: writes
    .route({ method: "PATCH", path: "/releases/{id}", summary: "Change a release or its interfaces" })
    .input(id.extend(ReleaseChange.shape))
    .output(Release),
  enterPhase: base
    .meta({ can: "release:phase" })
    .route({ method: "POST", path: "/releases/{id}/phases", summary: "Record that a release entered a phase" })
    .input(
      id.extend({
        revision: z.number().int(),
        phase: Phase,
        since: z.iso.date(),
        note: z.string().trim().max(2_000).default(""),
      }),
    )
    .output(Release),

  units: reads
    .route({ method: "GET", path: "/devices/{id}/units", summary: "Units in the field, by serial number" })
    .input(
      id.extend(PageInput.shape).extend({
        releaseId: z.uuid().optional(),
        status: UnitStatus.optional(),
        /** Part of a serial number or a site. */
        text: z.string().trim().max(200).optional(),
      }),
    )
    .output(pageOf(Unit)),
  addUnits: writesUnits
    .route({ method: "POST", path: "/releases/{id}/units", successStatus: 201, summary: "Add units of a release" })
    .input(id.extend({ units: z.array(NewUnit).min(1).max(1_000) }))
    .output(z.object({ units: z.array(Unit) })),
  changeUnit: writesUnits
    .route({ method: "PATCH", path: "/units/{id}", summary: "Move, update or retire a unit" })
    .input(id.extend(UnitChange.shape))
    .output(Unit),
};
