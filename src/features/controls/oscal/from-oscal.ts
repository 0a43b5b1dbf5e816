import { Fault } from "../../../lib/fault.ts";
import { OURS } from "../catalogue/own-props.ts";
import { controlsOf } from "../catalogue/walk.ts";
import type { Catalogue } from "../schema.ts";
import type { OscalCatalog, OscalProfile } from "./schema.ts";

/** A catalogue as OSCAL has it, as ours. Fault `bad_input` when a control's id stands twice. */
export function fromOscal(document: OscalCatalog, name: string): Catalogue {
  const { title, version, ...metadata } = document.metadata;
  const catalogue: Catalogue = {
    catalogue: slugOf(document),
    title,
    publisher: publisherOf(document),
    edition: version,
    uuid: document.uuid,
    metadata,
    params: document.params ?? [],
    groups: document.groups ?? [],
    controls: document.controls ?? [],
    resources: document["back-matter"]?.resources ?? [],
  };
  const seen = new Set<string>();
  for (const { control } of controlsOf(catalogue)) {
    if (seen.has(control.id))
      throw new Fault("bad_input", `The control ${control.id} stands here twice`, {
        at: name,
        fix: "Keep one of the two: a reference to it could mean either",
      });
    seen.add(control.id);
  }
  if (seen.size === 0) throw new Fault("bad_input", "The catalogue has no controls", { at: name });
  return catalogue;
}

type Titled = Pick<OscalCatalog | OscalProfile, "metadata">;

/** Its name where Cordon wrote it, else one made of its title. */
export function slugOf({ metadata }: Titled): string {
  const own = metadata.props?.find((prop) => prop.ns === OURS && prop.name === "catalogue")?.value;
  if (own !== undefined && /^[a-z][a-z0-9-]{0,99}$/.test(own)) return own;
  const made = metadata.title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 100);
  return made === "" ? "catalogue" : made;
}

export function publisherOf({ metadata }: Titled): string {
  const named = ["publisher", "creator"].flatMap(
    (role) => metadata["responsible-parties"]?.find((one) => one["role-id"] === role)?.["party-uuids"] ?? [],
  );
  const parties = metadata.parties ?? [];
  return (parties.find(({ uuid }) => named.includes(uuid)) ?? parties[0])?.name?.slice(0, 1_000) ?? "";
}
