import { join } from "node:path";
import type { Command } from "commander";
import { dataFolder } from "../../platform/data-folder.ts";
import { intelPath, requireIntel } from "../intel-path.ts";
import { runAction } from "../run-action.ts";

interface BuildOptions {
  from: string[];
  out?: string;
  verbose?: true;
}

interface FetchOptions {
  into?: string;
  choose?: string[];
  mirror?: string[];
  keyFile?: string[];
  device?: string[];
  anew?: true;
  maxSize: string;
}

interface DevicesOptions {
  vendor: string;
  product: string;
  model?: string;
  version?: string;
  intel?: string;
  format: string;
}

export function registerIntel(program: Command): void {
  const intel = program.command("intel").description("the threat intelligence that assessments use");
  intel
    .command("build")
    .description("compile feeds into one intelligence file; formats are told apart by content")
    .requiredOption("--from <paths...>", "files, folders, archives (zip, tar, gz) or https addresses")
    .option("--out <file>", "where to write it (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--verbose", "name every skipped document and every problem")
    .addHelpText(
      "after",
      "\nExample:\n  cordon intel build --from known_exploited_vulnerabilities.json osv/all.zip --out intel.db",
    )
    .action((options: BuildOptions) =>
      runAction(async () => {
        const { buildIntel } = await import("../intel/build.ts");
        return buildIntel({ from: options.from, out: intelPath(options.out), verbose: options.verbose === true });
      }),
    );
  intel
    .command("sources")
    .description("the sources that `intel fetch` knows; with --in, how each one in a folder stands")
    .option("--in <folder>", "a folder of fetched feeds")
    .option("--format <format>", "table or json", "table")
    .addHelpText("after", "\nExample:\n  cordon intel sources --in feeds")
    .action((options: { in?: string; format: string }) =>
      runAction(async () => {
        const { listSources } = await import("../intel/sources.ts");
        return listSources({ folder: options.in ?? null, format: options.format });
      }),
    );
  intel
    .command("fetch")
    .description("bring sources into a folder: only what changed since the last time; a run that was stopped goes on")
    .argument(
      "[names...]",
      "sources, as `cordon intel sources` names them, or csaf@ADDRESS; default: those in the folder",
    )
    .option("--into <folder>", "the folder (default: feeds in the data folder)")
    .option("--choose <name=parts...>", "of a large source only these, such as osv=npm,PyPI")
    .option("--mirror <name=url...>", "take it from your own mirror; NAME.ADDRESS=URL where a source has several")
    .option("--key-file <name=file...>", "the API key of a source, in a file only you may read")
    .option("--device <device...>", 'devices to ask about, for sources asked by device: "Maker|Product|Model"')
    .option("--anew", "forget the cursors and take everything again; what is kept leaves when the new is whole")
    .option("--max-size <gigabytes>", "most that is kept of one source", "20")
    .addHelpText("after", "\nExample:\n  cordon intel fetch cisa-kev epss csaf osv --choose osv=npm,PyPI --into feeds")
    .action((names: string[], options: FetchOptions) =>
      runAction(async () => {
        const { fetchSources } = await import("../intel/fetch.ts");
        const { choose = [], mirror = [], keyFile = [], device = [] } = options;
        return fetchSources({
          names,
          into: options.into ?? join(dataFolder(), "feeds"),
          settings: { choose, mirror, keyFile, device },
          anew: options.anew === true,
          maxGigabytes: Number(options.maxSize),
        });
      }),
    );
  const FOLDER = "a folder of fetched feeds (default: feeds in the data folder)";
  const folderOf = (named: string | undefined) => named ?? join(dataFolder(), "feeds");
  intel
    .command("bundle")
    .description("everything fetched into a folder as one signed file, for a site without internet")
    .option("--from <folder>", FOLDER)
    .requiredOption("--out <file>", "where to write it")
    .addHelpText("after", "\nExample:\n  cordon intel bundle --from feeds --out feeds.bundle")
    .action((options: { from?: string; out: string }) =>
      runAction(async () => {
        const { bundleFeeds } = await import("../intel/bundle.ts");
        return bundleFeeds({ from: folderOf(options.from), out: options.out });
      }),
    );
  intel
    .command("keys")
    .description("the public keys that your bundles are signed with; give them to the other site by another way")
    .option("--out <file>", "where to write them (default: standard output)")
    .addHelpText("after", "\nExample:\n  cordon intel keys --out bundle-keys.json")
    .action((options: { out?: string }) =>
      runAction(async () => {
        const { showBundleKeys } = await import("../intel/bundle.ts");
        return showBundleKeys({ out: options.out ?? null });
      }),
    );
  intel
    .command("import")
    .description("take a bundle in; one that was changed or that no trusted key signed is refused")
    .argument("<file>", "the bundle")
    .requiredOption("--trust <files...>", "public keys of those whose bundles you take (cordon intel keys)")
    .option("--into <folder>", FOLDER)
    .option("--max-size <gigabytes>", "largest bundle taken", "50")
    .addHelpText("after", "\nExample:\n  cordon intel import feeds.bundle --trust bundle-keys.json --into feeds")
    .action((path: string, options: { trust: string[]; into?: string; maxSize: string }) =>
      runAction(async () => {
        const { importBundle } = await import("../intel/bundle.ts");
        const { trust, maxSize } = options;
        return importBundle({ path, into: folderOf(options.into), trust, maxGigabytes: Number(maxSize) });
      }),
    );
  intel
    .command("status")
    .description("the sources of an intelligence file, each with its newest record and its age")
    .option("--intel <file>", "the intelligence file (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--format <format>", "table or json", "table")
    .addHelpText("after", "\nExample:\n  cordon intel status --intel intel.db")
    .action((options: { intel?: string; format: string }) =>
      runAction(async () => {
        const { intelStatus } = await import("../intel/status.ts");
        return intelStatus({ path: requireIntel(options.intel), format: options.format });
      }),
    );
  intel
    .command("devices")
    .description(
      "advisories that may be about a device, by the words of vendor, product and version; a person confirms them",
    )
    .requiredOption("--vendor <name>", "who makes it, in any of its names")
    .requiredOption("--product <name>", "what it is called")
    .option("--model <number>", "its model number")
    .option("--version <version>", "its software or firmware version")
    .option("--intel <file>", "the intelligence file (default: $CORDON_INTEL, else intel.db in the data folder)")
    .option("--format <format>", "text or json", "text")
    .addHelpText(
      "after",
      '\nExample:\n  cordon intel devices --vendor "General Electric" --product "MAC 2000" --version 1.0 --intel intel.db',
    )
    .action((options: DevicesOptions) =>
      runAction(async () => {
        const { intelDevices } = await import("../intel/devices.ts");
        const { vendor, product, model = null, version = null, format } = options;
        const asked = { vendor, name: product, model, version };
        return intelDevices({ asked, path: requireIntel(options.intel), format });
      }),
    );
}
