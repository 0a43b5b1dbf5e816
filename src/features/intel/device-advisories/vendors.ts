import { VENDOR_ALIASES } from "./vendor-aliases.ts";
import { plainWords } from "./words.ts";

const LEGAL =
  /^(inc|incorporated|llc|ltd|limited|gmbh|ag|kgaa|co|corp|corporation|company|oy|oyj|sa|nv|bv|plc|kk|se|international|holding|holdings|group|the)$/;

const nameOf = (text: string) =>
  plainWords(text)
    .filter((word) => !LEGAL.test(word))
    .join(" ");

const GROUP_OF = new Map(VENDOR_ALIASES.flatMap((names) => names.map((name) => [nameOf(name), names[0]] as const)));

/** Sources whose records may name products in words only. */
export const isWordedSource = (source: string): boolean => source.startsWith("csaf:");

/** The makers a text names, each by its usual name: "Hillrom and ELI, Baxter International Inc." is Baxter. */
export function vendorsIn(text: string): string[] {
  const whole = nameOf(text);
  const parts = [text.replace(/\(.*?\)/g, " "), ...text.split(/[,;/()]|\band\b/i)]
    .map(nameOf)
    .filter((name) => name !== "");
  const group = GROUP_OF.get(whole);
  if (group !== undefined) return [group];
  const known = parts.flatMap((name) => GROUP_OF.get(name) ?? []);
  return [
    ...new Set(known.length > 0 ? [...known, ...parts.filter((name) => !GROUP_OF.has(name))] : [whole, ...parts]),
  ].filter((name) => name !== "");
}

/** Names of makers that are lines of products too. */
const LINES = new Set(["minimed", "eli", "sonosite", "animas", "ethicon", "translogic", "peervue", "ivenix"]);

/** The words by which makers are named, so that "BD Alaris" and "Alaris" are one product. */
export const vendorWords = (makers: readonly string[]): ReadonlySet<string> => {
  const aliases = VENDOR_ALIASES.filter(([name]) => makers.includes(name)).flat();
  return new Set([...makers, ...aliases].flatMap((name) => name.split(" ")).filter((word) => !LINES.has(word)));
};

/** Why two vendor texts mean one maker; null when they do not. */
export function sameVendor(asked: string, said: string): { maker: string; evidence: string } | null {
  const theirs = vendorsIn(said);
  const maker = vendorsIn(asked).find((one) => theirs.includes(one));
  if (maker === undefined) return null;
  const same = nameOf(asked) === nameOf(said);
  return {
    maker,
    evidence: same
      ? `Vendor: "${said.trim()}", the same`
      : `Vendor: "${said.trim()}" and "${asked.trim()}" are one maker (${maker})`,
  };
}

/** Every name a maker may stand under in a list; a name that holds a shorter one of them is left out: whoever finds that finds both. */
export function namesOfMaker(text: string): string[] {
  const makers = vendorsIn(text);
  const known = VENDOR_ALIASES.filter(([name]) => makers.includes(name)).flat();
  // Of an unknown maker the whole name only: a place or a remark beside it would find half the world.
  const names = known.length > 0 ? known.map(nameOf) : [nameOf(text.replace(/\(.*?\)/g, " "))];
  return [...new Set(names)].filter(
    (name) => name !== "" && !names.some((other) => other !== name && ` ${name} `.includes(` ${other} `)),
  );
}

/** As `sameVendor`, and a legal entity of the maker: "Philips North America LLC" is Philips. */
export function sameFirm(asked: string, firm: string): string | null {
  const same = sameVendor(asked, firm);
  if (same !== null) return same.evidence;
  const said = nameOf(firm);
  const name = namesOfMaker(asked).find((one) => said.startsWith(`${one} `));
  return name === undefined ? null : `Firm: "${firm.trim()}" begins with "${name}", a name of ${asked.trim()}`;
}
