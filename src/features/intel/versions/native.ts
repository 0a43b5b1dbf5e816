import { Fault } from "../../../lib/fault.ts";
import { gemBounds, plainBounds, pypiBounds, semverSpans } from "./native-comparators.ts";
import { bracketSpans, listSpans, nginxSpans } from "./native-lists.ts";
import { composerSpans, conanSpans } from "./native-sets.ts";
import { type Span, unionOf } from "./spans.ts";
import type { Vers } from "./vers.ts";
import { VERS_TYPES } from "./vers-types.ts";

/** How an ecosystem writes ranges: which stretches of versions a text stands for. */
const DIALECTS: Record<string, (text: string, type: string) => Span[]> = {
  cargo: semverSpans,
  composer: composerSpans,
  conan: conanSpans,
  gem: gemBounds,
  maven: bracketSpans,
  nginx: nginxSpans,
  npm: semverSpans,
  nuget: bracketSpans,
  openssl: listSpans,
  pypi: pypiBounds,
};

const MAX_LENGTH = 10_000;

/**
 * A range as the ecosystem itself writes it (npm "^1.2.0 || 2.x", gem "~> 2.0.8", NuGet and Maven "[1.0,2.0)", PyPI
 * "~=1.4, !=1.4.2", elsewhere comparators joined by commas) as a VERS range. Fault `bad_input` names the part it cannot read.
 */
export function parseNativeRange(type: string, text: string): Vers {
  const key = type.trim().toLowerCase();
  const dialect = Object.hasOwn(DIALECTS, key) ? DIALECTS[key] : VERS_TYPES.includes(key) ? plainBounds : undefined;
  if (dialect === undefined)
    throw new Fault("bad_input", `No way of writing ranges is known for "${type.slice(0, 60)}"`, {
      at: "ecosystem",
      fix: "Write the range as vers:generic/>=1.0|<2.0",
    });
  if (text.length > MAX_LENGTH) throw new Fault("too_large", "The range is too long.", { at: "range" });
  return { type: key, constraints: unionOf(key, dialect(text, key)) };
}
