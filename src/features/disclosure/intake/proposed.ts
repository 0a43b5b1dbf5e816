/** What an intake says until somebody says it better. Times are those of the clocks that start with a report. */
const POLICY = `We thank everybody who tells us of a weakness in our products: patients depend on them.

What you can expect. We confirm within seven days that a person has read your report. We tell you what we found, what we do and by when, and we answer on the page whose link you get. We agree on a date of publication with you; without another agreement we aim at 45 days. If you want, the advisory thanks you by name.

What we ask. Never test on a device that is connected to a patient or on a clinical network. Use your own or a spare device, look at no more data than you need to show the weakness, keep no data of patients, and give us time to protect them before you publish.

Whoever acts in good faith and within these lines has nothing to fear from us.`;

/** A path made of a name: "Acme Médical GmbH" becomes "acme-medical-gmbh". */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)
    .replaceAll(/-+$/g, "");
  return slug.length < 3 ? "our-organisation" : slug;
}

export const proposedIntake = (name: string) => ({
  enabled: false,
  slug: slugOf(name),
  name,
  contactEmail: "",
  policy: POLICY,
  languages: ["en"],
  pgpKey: null,
  mailReceipts: false,
});
