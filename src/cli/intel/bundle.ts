import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { FetchedSources, isOlder } from "../../features/intel/loading/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { dataFolder } from "../../platform/data-folder.ts";
import { replaceFile } from "../../platform/files/random-file.ts";
import { readBundle, writeBundle } from "../../platform/loading/bundle.ts";
import { bundleKeys, readPublicKeys } from "../../platform/loading/bundle-keys.ts";
import { writeOut } from "../output.ts";
import { FeedFolder } from "./feed-folder.ts";
import { megabytes } from "./fetch-progress.ts";

const secrets = () => process.env.CORDON_SECRETS || join(dataFolder(), "secrets");

/** Everything fetched into a folder as one signed file. Exit code 0. */
export async function bundleFeeds({ from, out }: { from: string; out: string }): Promise<number> {
  const { sources, files } = new FeedFolder(from);
  if (sources.size === 0)
    throw new Fault("not_found", "Nothing was fetched into this folder", {
      at: from,
      fix: "cordon intel fetch NAMES --into FOLDER",
    });
  const documents = [...sources.values()].flatMap(({ state }) => state.documents);
  for (const { sha256, name } of documents)
    if (!(await files.has(sha256)))
      throw new Fault("not_found", `The document ${name} is gone from the folder`, { at: from, fix: "Fetch again" });
  const keys = bundleKeys(secrets());
  await writeBundle(out, { contents: Object.fromEntries(sources), documents, madeAt: new Date() }, files, keys);
  const bytes = documents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  process.stderr.write(
    `Wrote ${out}: ${sources.size} sources, ${documents.length} documents, ${megabytes(bytes)}, signed by ${keys.public.keyId.slice(0, 16)}…\n` +
      "Next, at the other site: cordon intel import FILE --trust KEYS (once: cordon intel keys --out KEYS, carried separately)\n",
  );
  return 0;
}

/** The public halves of the keys that sign bundles, for whoever will import them. */
export async function showBundleKeys({ out }: { out: string | null }): Promise<number> {
  const text = `${JSON.stringify(bundleKeys(secrets()).public, null, 2)}\n`;
  if (out === null) writeOut(text);
  else await replaceFile(out, (sink) => sink.append(Buffer.from(text)));
  return 0;
}

/** A bundle into a folder, as if it had been fetched there. Exit code 1 and nothing changed when it is not what a trusted key signed. */
export async function importBundle(request: {
  path: string;
  into: string;
  trust: readonly string[];
  maxGigabytes: number;
}): Promise<number> {
  const { path, into, trust, maxGigabytes } = request;
  if (!existsSync(path)) throw new Fault("not_found", "There is no such file", { at: path });
  const folder = new FeedFolder(into);
  const trusted = trust.map(readPublicKeys);
  const head = await readBundle(createReadStream(path), folder.files, trusted, maxGigabytes * 1e9).catch(
    async (error) => {
      await folder.prune();
      throw error;
    },
  );
  const parsed = FetchedSources.safeParse(head.contents);
  if (!parsed.success)
    throw new Fault("bad_input", "The bundle was made by another version of Cordon", {
      at: path,
      fix: "Use the same version on both sides",
    });
  const arrived = Object.entries(parsed.data);
  const older = arrived.filter(([id, { state }]) => isOlder(state, folder.sources.get(id)?.state));
  for (const [id, kept] of arrived) if (!older.some(([one]) => one === id)) folder.sources.set(id, kept);
  await folder.save();
  await folder.prune();
  process.stderr.write(
    `Imported ${arrived.length - older.length} of ${arrived.length} sources from a bundle made ${head.madeAt}` +
      `${older.length === 0 ? "" : `; left out, because newer is here: ${older.map(([id]) => id).join(", ")}`}.\n` +
      `Next: cordon intel build --from ${into}\n`,
  );
  return 0;
}
