import type { PublisherSettings } from "../schema.ts";
import { addressesOf } from "./addresses.ts";

export interface ProviderFacts {
  publisher: Pick<
    PublisherSettings,
    | "name"
    | "category"
    | "namespace"
    | "contact"
    | "issuingAuthority"
    | "path"
    | "listOnAggregators"
    | "mirrorOnAggregators"
  >;
  /** Of the key of today first, then of those that documents still served were signed with. */
  fingerprints: readonly string[];
  /** The newest of: settings changed, a revision published. */
  updatedAt: Date;
  /** The server's public address. */
  base: string;
}

/** provider-metadata.json of a trusted provider (CSAF 2.0, 7.1.7 and 7.2.3): documents with hashes and signatures, a ROLIE feed, a directory. */
export function providerMetadata({ publisher, fingerprints, updatedAt, base }: ProviderFacts): object {
  const at = addressesOf(base, publisher.path);
  return {
    canonical_url: at.metadata,
    distributions: [
      {
        directory_url: at.directory,
        rolie: {
          feeds: [{ summary: `All advisories of ${publisher.name} for everybody`, tlp_label: "WHITE", url: at.feed }],
          services: [at.service],
        },
      },
    ],
    last_updated: updatedAt.toISOString(),
    list_on_CSAF_aggregators: publisher.listOnAggregators,
    mirror_on_CSAF_aggregators: publisher.mirrorOnAggregators,
    metadata_version: "2.0",
    public_openpgp_keys: fingerprints.map((fingerprint) => ({ fingerprint, url: at.key(fingerprint) })),
    publisher: {
      category: publisher.category,
      name: publisher.name,
      namespace: publisher.namespace,
      ...(publisher.contact === "" ? {} : { contact_details: publisher.contact }),
      ...(publisher.issuingAuthority === "" ? {} : { issuing_authority: publisher.issuingAuthority }),
    },
    role: "csaf_trusted_provider",
  };
}
