import type { JsonValue } from "../../../lib/json.ts";
import type { Item, ItemKind, SecurityFile } from "../schema.ts";
import type { LossLog } from "./reading/loss-log.ts";
import type { FormatName } from "./schema.ts";

/** A public format of threat models: how it is known, read and written. */
export interface Format {
  name: FormatName;
  /** As people call it. */
  title: string;
  /** How files of it end, and whether they are JSON or YAML. */
  extension: string;
  syntax: "json" | "yaml";
  /** By content only. */
  recognize(value: JsonValue): boolean;
  /** What did not fit goes into the log, and nothing is left out in silence. Faults `bad_input` where it is no such model. */
  read(value: JsonValue, log: LossLog): SecurityFile;
  write(file: SecurityFile): JsonValue;
  /** The id that an item has once it was written and read again, where the format cannot carry ours as it is. */
  idOf?(kind: ItemKind, item: Item, index: number, file: SecurityFile): string;
  /** Where names are ids: items of one scope must not share a name. Null: this one may. */
  nameScope?(kind: ItemKind, item: Item): string | null;
  /** The kinds it writes, in the order they are read again. */
  kinds: readonly ItemKind[];
  /** Why lists ("harms") and fields ("elements.zone", "*.sourceId") do not come back. */
  lacks: Readonly<Record<string, string>>;
}
