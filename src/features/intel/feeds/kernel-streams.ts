import * as z from "zod";
import type { Feed } from "../feed.ts";
import { advisoryOf } from "../normalise/advisory.ts";
import { affected, fixedIn } from "../normalise/affected.ts";
import { isObject } from "../normalise/values.ts";

const STREAM = /^\d+\.\d+$/;
const Streams = z.record(z.string(), z.object({ fixed_version: z.string() }));

/** Fixes of kernel CVEs per stable stream (github.com/nluedtke/linux_kernel_cves, stream_fixes.json). Streams without a fix are not named there. */
export default {
  name: "kernel-streams",
  title: "Linux kernel fixes per stable stream",
  recognise(document) {
    const value = document.data();
    if (!isObject(value)) return false;
    const [id, streams] = Object.entries(value)[0] ?? [];
    const [stream, fix] = isObject(streams) ? (Object.entries(streams)[0] ?? []) : [];
    return /^CVE-\d{4}-\d+$/.test(id ?? "") && STREAM.test(stream ?? "") && isObject(fix) && "fixed_version" in fix;
  },
  *read(document, report) {
    const value = document.data();
    for (const [cve, item] of Object.entries(isObject(value) ? value : {})) {
      const parsed = Streams.safeParse(item);
      if (!parsed.success) {
        report(`/${cve}`, parsed.error.issues[0]?.message ?? "");
        continue;
      }
      const intervals = Object.entries(parsed.data).flatMap(([stream, { fixed_version: fixed }]) =>
        STREAM.test(stream) && fixed.startsWith(`${stream}.`) ? [fixedIn(fixed, stream)] : [],
      );
      if (intervals.length === 0) continue;
      const kernel = affected({ package: { ecosystem: "Linux", name: "Kernel" } }, { scheme: "linux", intervals });
      const record = {
        source: "linux-kernel-cves",
        aliases: [cve],
        title: `${cve} in the Linux kernel`,
        affected: [kernel],
      };
      yield { kind: "advisory", advisory: advisoryOf({ id: `KERNEL-${cve}`, ...record }) };
    }
  },
} satisfies Feed;
