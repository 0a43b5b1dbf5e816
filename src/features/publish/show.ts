import { addressesOf, WELL_KNOWN, whyNotSubscribable } from "./provider/addresses.ts";
import type {
  Advisory,
  AdvisoryContent,
  AdvisoryRevision,
  AdvisoryRow,
  AdvisoryState,
  Publisher,
  PublisherSettings,
} from "./schema.ts";

export interface StoredAdvisory {
  id: string;
  trackingId: string;
  content: AdvisoryContent;
  state: AdvisoryState;
  publishedNumber: number | null;
  changed: boolean;
  revision: number;
  updatedAt: Date;
  updatedBy: string;
}

export const showRow = ({ content, ...row }: StoredAdvisory): AdvisoryRow => {
  const said = new Set(
    content.vulnerabilities.flatMap(({ statements }) =>
      statements.filter(({ status }) => status !== null).map(({ releaseId }) => releaseId),
    ),
  );
  const devices = new Map(
    content.products.filter(({ releaseId }) => said.has(releaseId)).map(({ deviceId, name }) => [deviceId, name]),
  );
  return {
    id: row.id,
    trackingId: row.trackingId,
    title: content.title,
    kind: content.kind,
    state: row.state,
    tlp: content.tlp,
    number: row.publishedNumber,
    changed: row.changed,
    vulnerabilities: content.vulnerabilities.map(({ name }) => name),
    devices: [...devices].map(([id, name]) => ({ id, name })),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
};

type StoredRevision = Omit<AdvisoryRevision, "publishedAt"> & { year: number; publishedAt: Date };

/** `publisher` undefined: nobody has said yet who publishes. */
export function showAdvisory(
  row: StoredAdvisory,
  revisions: readonly StoredRevision[],
  publisher: Pick<PublisherSettings, "path" | "providerOn"> | undefined,
  base: string,
): Advisory {
  return {
    id: row.id,
    trackingId: row.trackingId,
    state: row.state,
    changed: row.changed,
    revision: row.revision,
    content: row.content,
    revisions: revisions.map(showRevision),
    publicUrl: publicUrlOf(revisions.at(-1), publisher, base),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
}

/** Where everybody reads an advisory, by its last revision; null while it is not served. */
export function publicUrlOf(
  last: Pick<StoredRevision, "tlp" | "year" | "fileName"> | undefined,
  publisher: Pick<PublisherSettings, "path" | "providerOn"> | undefined,
  base: string,
): string | null {
  const served = last !== undefined && last.tlp === "WHITE" && publisher?.providerOn === true;
  return served ? addressesOf(base, publisher.path).document(last.year, last.fileName) : null;
}

const showRevision = ({ year: _, publishedAt, ...one }: StoredRevision): AdvisoryRevision => ({
  ...one,
  publishedAt: publishedAt.toISOString(),
});

/** Settings with where subscribers read. `isFirst`: this provider answers at the well-known address too. */
export function showPublisher(
  settings: PublisherSettings,
  {
    revision,
    fingerprint,
    isFirst,
    base,
  }: { revision: number; fingerprint: string | null; isFirst: boolean; base: string },
): Publisher {
  const at = addressesOf(base, settings.path);
  return {
    name: settings.name,
    category: settings.category,
    namespace: settings.namespace,
    contact: settings.contact,
    issuingAuthority: settings.issuingAuthority,
    postalAddress: settings.postalAddress,
    email: settings.email,
    phone: settings.phone,
    idPrefix: settings.idPrefix,
    path: settings.path,
    providerOn: settings.providerOn,
    listOnAggregators: settings.listOnAggregators,
    mirrorOnAggregators: settings.mirrorOnAggregators,
    revision,
    fingerprint,
    addresses: {
      metadata: at.metadata,
      wellKnown: isFirst ? `${base.replace(/\/+$/, "")}${WELL_KNOWN}` : null,
      feed: at.feed,
      key: fingerprint === null ? null : at.key(fingerprint),
    },
    warning: whyNotSubscribable(base, settings),
  };
}

/** What is proposed to somebody who opens the settings for the first time. */
export function proposePublisher(organization: string): PublisherSettings {
  const words = organization
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9 ]/g, "")
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const initials = words
    .map((word) => word[0])
    .join("")
    .toUpperCase();
  return {
    name: organization,
    category: "vendor",
    namespace: "",
    contact: "",
    issuingAuthority: "",
    postalAddress: "",
    email: "",
    phone: "",
    idPrefix: /^[A-Z][A-Z0-9]{1,5}$/.test(initials) ? initials : "SA",
    path: words.join("-").toLowerCase().slice(0, 40).replace(/-+$/, "") || "advisories",
    providerOn: false,
    listOnAggregators: true,
    mirrorOnAggregators: true,
  };
}
