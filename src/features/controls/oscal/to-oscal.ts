import { namedId } from "../../../lib/ids.ts";
import { editionName } from "../catalogue/find.ts";
import type { Catalogue } from "../schema.ts";
import type { OscalCatalog, OscalProfile, Resource } from "./schema.ts";
import { some } from "./select.ts";
import { OSCAL_VERSION } from "./version.ts";

/** A catalogue as an OSCAL document: the same one gives the same bytes. */
export const toOscal = ({ title, edition, uuid, metadata, params, groups, controls, resources }: Catalogue) => ({
  catalog: {
    uuid,
    metadata: { title, version: edition, ...metadata },
    ...some("params", params),
    ...some("groups", groups),
    ...some("controls", controls),
    ...(resources.length === 0 ? {} : { "back-matter": { resources } }),
  } satisfies OscalCatalog,
});

export interface Selection {
  title: string;
  version: string;
  catalogue: Catalogue;
  ids: readonly string[];
  /** When it was last changed. */
  at: Date;
}

/** Some controls of a catalogue as an OSCAL profile. */
export function toProfile({ title, version, catalogue, ids, at }: Selection): { profile: OscalProfile } {
  const resource = resourceOf(catalogue);
  return {
    profile: {
      uuid: namedId(`profile ${title} ${version} ${editionName(catalogue)}`),
      metadata: { title, version, "last-modified": at.toISOString(), "oscal-version": OSCAL_VERSION },
      imports: [
        {
          href: `#${resource.uuid}`,
          ...(ids.length === 0
            ? { "exclude-controls": [{ matching: [{ pattern: "*" }] }] }
            : { "include-controls": [{ "with-ids": [...ids] }] }),
        },
      ],
      merge: { "as-is": true },
      "back-matter": { resources: [resource] },
    },
  };
}

/** How another document names a catalogue: the file that `toOscal` would be kept in, beside it. */
export const resourceOf = (catalogue: Pick<Catalogue, "catalogue" | "edition" | "title">): Resource => ({
  uuid: namedId(`resource ${editionName(catalogue)}`),
  title: catalogue.title,
  rlinks: [{ href: `${editionName(catalogue)}.json`, "media-type": "application/oscal.catalog+json" }],
});
