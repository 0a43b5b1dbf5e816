import { Fault } from "../../../lib/fault.ts";
import type { Feed } from "../feed.ts";
import { clipQuoted } from "../normalise/bounds.ts";
import { dayOf, noSupportRecord } from "../normalise/support.ts";
import type { SupportRecord } from "../schema.ts";

const SOURCE = "debian-security-support";
const ENDED = /^# List of packages whose security support ends/m;
const LIMITED = /^# List of packages where security support is limited/m;
const NAME = /^[a-z0-9][a-z0-9.+-]*?(\.\*)?$/;

/**
 * Debian's lists of source packages without full security support (package debian-security-support): columns separated by
 * blanks. A list of ended support is about the one release that its file name ends in (`.deb11`).
 */
export default {
  name: "debian-support",
  title: "Debian's ended and limited security support",
  recognise(document) {
    const head = document.text().slice(0, 2000);
    return ENDED.test(head) || LIMITED.test(head);
  },
  *read(document, report) {
    const text = document.text();
    const limited = LIMITED.test(text.slice(0, 2000));
    const release = /\.deb(\d{1,3})$/.exec(document.path)?.[1] ?? null;
    if (release === null && !limited)
      throw new Fault("bad_input", "The list does not say which release of Debian it is about", {
        at: document.path,
        fix: "Keep its file name: security-support-ended.deb12",
      });
    for (const [i, line] of text.split("\n").entries()) {
      if (/^\s*(#|$)/.test(line)) continue;
      const support = limited ? readLimited(line, release) : readEnded(line, release);
      if (support === null) report(`line ${i + 1}`, "The line is not a package and what is said of it");
      else yield { kind: "support", support };
    }
  },
} satisfies Feed;

function readEnded(line: string, release: string | null): SupportRecord | null {
  const [, name = "", last = "", date = "", remark = ""] = /^(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
  const since = dayOf(date);
  if (since === null || date.length !== 10) return null;
  const upTo = last === "0" ? "" : `, the last supported version was ${last}`;
  return recordOf(name, release, "ended", since, `Debian ended its security support on ${since}${upTo}`, remark);
}

function readLimited(line: string, release: string | null): SupportRecord | null {
  const [, name = "", remark = ""] = /^(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
  return recordOf(name, release, "limited", null, "Debian gives limited security support", remark);
}

function recordOf(
  name: string,
  release: string | null,
  level: "ended" | "limited",
  since: string | null,
  said: string,
  remark: string,
): SupportRecord | null {
  if (!NAME.test(name) || name.length > 200) return null;
  return {
    ...noSupportRecord,
    record: `${level}${release === null ? "" : `.deb${release}`} ${name}`,
    source: SOURCE,
    title: name,
    statedOn: since,
    debian: { name: name.replace(/\.\*$/, ""), isPrefix: name.endsWith(".*"), release },
    statement: { level, since, said: remark === "" ? said : `${said}: ${clipQuoted(remark)}`, versions: null },
  };
}
