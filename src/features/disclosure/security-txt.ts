/** One field of a security.txt (RFC 9116, section 2.5). CSAF: the field that the CSAF standard registered for provider metadata. */
export interface SecurityField {
  name:
    | "Contact"
    | "Expires"
    | "Encryption"
    | "Policy"
    | "Preferred-Languages"
    | "Canonical"
    | "CSAF"
    | "Acknowledgments"
    | "Hiring";
  value: string;
}

export interface IntakeFacts {
  /** The address of the form, https but for a server on this machine. */
  form: string;
  email: string;
  languages: readonly string[];
  /** The address of the OpenPGP key, when there is one. */
  key: string | null;
}

const DAY_MS = 86_400_000;
/** RFC 9116 2.5.5 recommends less than a year; made anew at every request, so it never runs out while the server answers. */
const VALID_DAYS = 180;

/**
 * The file at /.well-known/security.txt, of every open intake of this server and of what other parts have to say (`more`: such as where
 * the CSAF provider metadata is). Contacts in the order of preference; Expires and Preferred-Languages once, as the RFC wants them.
 */
export function securityTxt(
  intakes: readonly IntakeFacts[],
  { canonical, now, more = [] }: { canonical: string; now: Date; more?: readonly SecurityField[] },
): string {
  const languages = [...new Set(intakes.flatMap((intake) => intake.languages))];
  const expires = new Date(Math.floor((now.getTime() + VALID_DAYS * DAY_MS) / DAY_MS) * DAY_MS);
  const fields: SecurityField[] = [
    ...intakes.flatMap(({ form, email }): SecurityField[] => [
      { name: "Contact", value: form },
      { name: "Contact", value: `mailto:${encodeURI(email)}` },
    ]),
    { name: "Expires", value: expires.toISOString().replace(".000Z", "Z") },
    ...intakes.flatMap(({ key }): SecurityField[] => (key === null ? [] : [{ name: "Encryption", value: key }])),
    ...intakes.map(({ form }): SecurityField => ({ name: "Policy", value: form })),
    { name: "Preferred-Languages", value: languages.join(", ") },
    { name: "Canonical", value: canonical },
    ...more,
  ];
  return fields.map(({ name, value }) => `${name}: ${oneLine(value)}\n`).join("");
}

/** A value can begin no field of its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const oneLine = (value: string): string => value.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim();
