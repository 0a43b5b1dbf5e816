import { createHash } from "node:crypto";
import * as z from "zod";
import type { Source, SourceTools, Step } from "../source.ts";
import { cursorOf, jsonIn, otherShape, refuseShorterList, textFrom } from "../source-parts/answers.ts";
import { type List, type Listed, type ListProblem, listDirectory, listRolie } from "../source-parts/csaf-listing.ts";

/** The newest change that the list names; what is new is told by each document's own. */
const Cursor = z.object({ upTo: z.iso.datetime() });

const Metadata = z.object({
  canonical_url: z.url().optional(),
  publisher: z.object({ name: z.string() }),
  public_openpgp_keys: z.array(z.object({ url: z.url(), fingerprint: z.string().optional() })).nullish(),
  distributions: z
    .array(
      z.object({
        directory_url: z.url().optional(),
        rolie: z.object({ feeds: z.array(z.object({ url: z.url(), tlp_label: z.string().optional() })) }).optional(),
      }),
    )
    .nullish(),
});

const DOCUMENT_BYTES = 64_000_000;
const SAVE_EVERY = 100;

/**
 * A CSAF provider (CSAF 2.0, section 7): its metadata name ROLIE feeds or a directory with `changes.csv`; each document is held against
 * the hashes and, where keys are published, the OpenPGP signature beside it. One that does not hold is named and left out.
 */
export default {
  name: "csaf",
  title: "CISA advisories (CSAF)",
  gives: "Advisories on industrial and medical devices, as CSAF; any other CSAF provider by its address",
  publisher: "CISA, or the provider you name",
  terms: "TLP:WHITE",
  home: "https://www.cisa.gov/news-events/cybersecurity-advisories",
  everyHours: 6,
  firstBytes: 60_000_000,
  bases: { provider: "https://www.cisa.gov/sites/default/files/csaf/provider-metadata.json" },
  formats: ["csaf"],
  async *read(tools, before) {
    const url = await metadataUrl(tools, tools.at("provider"));
    const metadata = jsonIn(url, await textFrom(tools, url), Metadata);
    const keys = await readKeys(tools, metadata.public_openpgp_keys ?? []);
    const { listed, problems } = await listAll(tools, url, metadata);
    for (const problem of problems) yield { type: "problem", ...problem };
    const known = cursorOf(before, Cursor)?.upTo ?? null;
    if (known !== null) refuseShorterList(url, listed.map(nameOf), tools.kept);
    // A document may be listed under the same time as others, or an earlier one than was seen before: the newest does not decide.
    const fresh = listed.filter((one) => known === null || tools.kept.get(nameOf(one))?.lastModified !== one.updated);
    fresh.sort((a, b) => (a.updated < b.updated ? -1 : 1));
    let held = 0;
    let refused = 0;
    for (const [i, one] of fresh.entries()) {
      const taken = await take(tools, one, keys);
      if (taken.type === "bytes") held += 1;
      else refused += 1;
      yield taken;
      if (i % SAVE_EVERY === SAVE_EVERY - 1)
        yield { type: "reached", cursor: { upTo: one.updated }, done: i + 1, total: fresh.length };
    }
    if (refused > 0 && held === 0)
      throw otherShape(url, `none of ${refused} documents holds against its hash and signature`);
    const names = new Set(listed.map(nameOf));
    yield { type: "drop", where: (name) => !names.has(name) };
    const upTo = listed.reduce((latest, { updated }) => (updated > latest ? updated : latest), known ?? "");
    yield { type: "reached", cursor: upTo === "" ? null : { upTo } };
  },
} satisfies Source;

/** A domain is looked up as CSAF 2.0 says (7.1.8 to 7.1.10): the well-known place, its security.txt, the DNS name reserved for it. */
async function metadataUrl(tools: SourceTools, base: string): Promise<string> {
  if (base.endsWith(".json")) return base;
  const domain = base.replace(/\/+$/, "");
  const wellKnown = `${domain}/.well-known/csaf/provider-metadata.json`;
  if ((await tools.ask(wellKnown)).type === "bytes") return wellKnown;
  const txt = await tools.ask(`${domain}/.well-known/security.txt`, { maxBytes: 100_000 });
  const stated =
    txt.type !== "bytes" ? null : /^csaf:\s*(https?:\/\/\S+)/im.exec(new TextDecoder().decode(txt.bytes))?.[1];
  if (stated !== null && stated !== undefined && URL.canParse(stated)) return stated;
  const { host, pathname } = new URL(domain);
  return pathname === "/" && /^[a-z0-9.-]+\.[a-z]{2,}$/i.test(host) ? `https://csaf.data.security.${host}/` : wellKnown;
}

const nameOf = ({ url }: Listed) => new URL(url).pathname.split("/").slice(-2).join("/");

async function listAll(
  tools: SourceTools,
  url: string,
  { distributions }: z.infer<typeof Metadata>,
): Promise<{ listed: Listed[]; problems: ListProblem[] }> {
  const feeds = (distributions ?? []).flatMap(({ rolie }) => rolie?.feeds ?? []);
  const open = feeds.filter(
    ({ tlp_label: label }) => label === undefined || ["WHITE", "CLEAR", "UNLABELED"].includes(label),
  );
  const directories = (distributions ?? []).flatMap(({ directory_url: directory }) => directory ?? []);
  const lists: List[] = [];
  for (const feed of open) lists.push(await listRolie(tools, feed.url));
  if (open.length === 0) for (const directory of directories) lists.push(await listDirectory(tools, directory));
  if (open.length === 0 && directories.length === 0)
    throw otherShape(url, "it names neither an open ROLIE feed nor a directory");
  const listed = lists.flatMap((list) => list.listed);
  return {
    listed: [...new Map(listed.map((one) => [one.url, one])).values()],
    problems: lists.flatMap((list) => list.problems),
  };
}

async function readKeys(tools: SourceTools, keys: readonly { url: string }[]): Promise<Uint8Array[]> {
  const read: Uint8Array[] = [];
  for (const { url } of keys) {
    const answer = await tools.ask(url, { maxBytes: 1_000_000 });
    if (answer.type === "bytes") read.push(answer.bytes);
  }
  return read;
}

async function take(
  tools: SourceTools,
  one: Listed,
  keys: readonly Uint8Array[],
): Promise<Exclude<Step, { type: "reached" }>> {
  const problem = (reason: string) => ({ type: "problem", at: one.url, reason }) as const;
  const answer = await tools.ask(one.url, { maxBytes: DOCUMENT_BYTES });
  if (answer.type !== "bytes") return problem("The list names it, but there is nothing there");
  const reason =
    (await whyOtherBytes(tools, one, answer.bytes)) ?? (await whyNotTheirs(tools, one, answer.bytes, keys));
  if (reason !== null) return problem(reason);
  const more = { lastModified: one.updated };
  return { type: "bytes", name: nameOf(one), url: one.url, bytes: answer.bytes, more };
}

/** The hash files beside the document; the stronger one that is there decides. */
async function whyOtherBytes(tools: SourceTools, one: Listed, bytes: Uint8Array): Promise<string | null> {
  for (const algorithm of ["sha512", "sha256"] as const) {
    const url = one.hashes[algorithm];
    if (url === undefined) continue;
    const answer = await tools.ask(url, { maxBytes: 10_000 });
    if (answer.type !== "bytes") continue;
    const stated = /^([0-9a-f]{64,128})\b/i.exec(new TextDecoder().decode(answer.bytes).trim())?.[1]?.toLowerCase();
    if (stated === undefined) return `Its ${algorithm.toUpperCase()} file cannot be read`;
    const actual = createHash(algorithm).update(bytes).digest("hex");
    return actual === stated
      ? null
      : `It does not have the ${algorithm.toUpperCase()} its publisher states; it is left out`;
  }
  return null;
}

/** Keys are published for this reason: without a signature that holds a document is not theirs. */
async function whyNotTheirs(
  tools: SourceTools,
  one: Listed,
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
): Promise<string | null> {
  if (keys.length === 0) return null;
  const answer = await tools.ask(one.signature, { maxBytes: 100_000 });
  if (answer.type !== "bytes") return "Its publisher has keys, but the document is not signed; it is left out";
  const reason = await tools.whyNotSigned(bytes, answer.bytes, keys);
  return reason === null ? null : `Left out: ${reason}`;
}
